import { Button } from 'antd';
import { toWire } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { type Sides, totalOf } from './desk.ts';

interface Props {
  marked: Sides;
  onMatch(): void;
  onClear(): void;
}

/** Whether what is marked may be matched: the ledger is in it, and both sides come to the same. */
export const matchable = ({ bank, ledger }: Sides): boolean =>
  ledger.length > 0 && bank.length + ledger.length >= 2 && totalOf(bank).eq(totalOf(ledger));

/** What is marked on either side and what it comes to, always in sight, so that equality is seen before anything is matched. */
export function MarkBar({ marked, onMatch, onClear }: Props) {
  const { bank, ledger } = marked;
  const [left, right] = [totalOf(bank), totalOf(ledger)];
  const none = bank.length + ledger.length === 0;
  return (
    <section className="decide no-print" aria-label="已标记的合计" aria-live="polite">
      <Button type="primary" disabled={!matchable(marked)} onClick={onMatch}>
        人工核对 m
      </Button>
      <Button disabled={none} onClick={onClear}>
        清除标记
      </Button>
      {none ? (
        <span className="hint">在两边用 x 或鼠标标记同一件事的款项，两边合计相等即可核对。</span>
      ) : (
        <>
          <span>
            银行 {bank.length} 笔 <Money value={toWire(left)} />
          </span>
          <span>
            账面 {ledger.length} 笔 <Money value={toWire(right)} />
          </span>
          <Toned tone={left.eq(right) ? 'within' : 'past'}>
            {left.eq(right) ? '两边相等' : `相差 ${toWire(left.minus(right))}`}
          </Toned>
        </>
      )}
    </section>
  );
}

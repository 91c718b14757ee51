import { Button } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { acceptable, type Pairing } from './desk.ts';

interface Props {
  pairing: Pairing;
  mayAccept: boolean;
  busy: boolean;
  onAccept(): void;
}

/** What may belong together: by which rule, how sure, why; and whether the two sides agree. */
export function PairingRow({ pairing, mayAccept, busy, onAccept }: Props) {
  const { rule, label, confidence, reason, bank, ledger, gap } = pairing;
  return (
    <div className="item">
      <div className="item-said">
        <div className="item-line">
          <Toned tone={confidence >= 70 ? 'within' : 'near'}>
            {label} {confidence}%
          </Toned>
          <span className="hint">
            {bank.length} 对 {ledger.length}
          </span>
          {rule === 'ambiguous' ? null : gap === '0.00' ? (
            <span className="item-number within">相等</span>
          ) : (
            <span className="item-number past">
              差 <Money value={gap} />
            </span>
          )}
        </div>
        <div className="hint pairing-reason" title={reason}>
          {reason}
        </div>
        <div className="item-line">
          {acceptable(pairing) && mayAccept && (
            <Button size="small" type="primary" loading={busy} onClick={onAccept}>
              接受 Enter
            </Button>
          )}
          {!acceptable(pairing) && (
            <span className="hint">{rule === 'ambiguous' ? '不作预选，请在两边逐笔标记' : '金额不符，按差异处理'}</span>
          )}
        </div>
      </div>
    </div>
  );
}

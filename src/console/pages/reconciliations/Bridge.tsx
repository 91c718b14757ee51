import { Link } from 'react-router';
import { Exact, money, sum, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import type { Run } from './run.ts';

type Item = Run['bridge'][number];

/** On which of the two columns a kind stands, with the sign it has there. */
const KINDS: Record<string, { column: 'bank' | 'book'; sign: '加' | '减'; label: string }> = {
  bookReceived: { column: 'bank', sign: '加', label: '账面已收，银行未收' },
  bookPaid: { column: 'bank', sign: '减', label: '账面已付，银行未付' },
  bankReceived: { column: 'book', sign: '加', label: '银行已收，账面未收' },
  bankPaid: { column: 'book', sign: '减', label: '银行已付，账面未付' },
};
const amountOf = ({ amount }: Item) => new Exact(amount).abs();

/** The two columns of the bridge: each side's balance, what only the other has, and what both then come to. */
export function Bridge({ of: run }: { of: Run }) {
  const linkOf = useLinks(run);
  const column = (which: 'bank' | 'book') => run.bridge.filter(({ kind }) => KINDS[kind]?.column === which);
  const reached = (closing: string, items: Item[]) =>
    toWire(
      sum([
        money(closing),
        ...items.map((item) => (KINDS[item.kind]!.sign === '加' ? amountOf(item) : amountOf(item).neg())),
      ]),
    );
  const [bank, book] = [column('bank'), column('book')];
  const [left, right] = [reached(run.bankClosing, bank), reached(run.ledgerClosing, book)];
  return (
    <div className="bridge">
      <Column title="银行对账单余额" closing={run.bankClosing} items={bank} reached={left} linkOf={linkOf} />
      <Column title="账面余额" closing={run.ledgerClosing} items={book} reached={right} linkOf={linkOf} />
      <p className="bridge-end">
        <span>未说明的差额</span>
        <strong>
          <Money value={run.unexplained} withUnit />
        </strong>
      </p>
    </div>
  );
}

function Column({
  title,
  closing,
  items,
  reached,
  linkOf,
}: {
  title: string;
  closing: string;
  items: Item[];
  reached: string;
  linkOf(item: Item): string | undefined;
}) {
  return (
    <section className="bridge-column" aria-label={title}>
      <p className="bridge-row bridge-sum">
        <span>{title}</span>
        <Money value={closing} />
      </p>
      {items.length === 0 && <p className="hint bridge-none">没有未达账项</p>}
      {items.map((item) => {
        const { sign, label } = KINDS[item.kind]!;
        const link = linkOf(item);
        const text = item.text || '（无摘要）';
        return (
          <div key={item.lineId ?? item.leg} className="bridge-row">
            <span>
              {sign}：{label}
              <br />
              <span className="hint">
                {item.on}　{link ? <Link to={link}>{text}</Link> : text}
                {item.settledOn && `（对方已于 ${item.settledOn} 入账）`}
              </span>
            </span>
            <Money value={toWire(amountOf(item))} />
          </div>
        );
      })}
      <p className="bridge-row bridge-sum bridge-foot">
        <span>调节后余额</span>
        <Money value={reached} />
      </p>
    </section>
  );
}

/** Where an item leads: to the difference it is or was, or else to the entry in the books. */
function useLinks({ accountNo, poolCode }: Run): (item: Item) => string | undefined {
  const { data } = useAsk(['differences', 'of', accountNo], () =>
    ask(api.differences.$get({ query: { accountNo, limit: '500', sort: '-occurredOn' } })),
  );
  const items = data?.items ?? [];
  return ({ lineId, leg }) => {
    const [seq] = leg?.split(':') ?? [];
    const found = items.find((d) => (lineId ? d.lineId === lineId : d.seq !== null && `${d.seq}` === seq));
    if (found) return `/differences/${found.id}`;
    return seq ? `/ledger?poolCode=${poolCode}` : undefined;
  };
}

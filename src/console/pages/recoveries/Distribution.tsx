import { money, sum, toWire } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { useNames } from '../../parts/useNames.ts';
import type { DistributionRow } from './types.ts';

/** Whether an amount of a receipt went to somebody for what they bore. */
export const isShare = ({ kind }: DistributionRow): boolean => kind === 'recovery' || kind === 'recoveryAfterWriteOff';

/** How an amount of a receipt is called: the bearer, or what else it was for. */
export function wordsOf({ kind, label }: DistributionRow): string {
  if (kind === 'costRepaid') return '归还追偿费用';
  if (kind === 'costAfterWriteOff') return '追偿费用（核销后收回）';
  if (kind === 'recoveryAfterWriteOff') return `${label}（核销后收回）`;
  if (kind === 'bankInterest') return '银行经证明的利息';
  return kind === 'borrower' ? '退还借款人' : label;
}

/** A receipt shared out, line by line with its sum. */
export function Distribution({ rows }: { rows: DistributionRow[] }) {
  const nameOf = useNames();
  const total = toWire(sum(rows.map(({ amount }) => money(amount))));
  return (
    <table className="distribution">
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.kind} ${row.bearer} ${row.party}`}>
            <th scope="row">{wordsOf(row)}</th>
            <td>{row.kind === 'borrower' ? '' : row.party === 'pool' ? '资金池垫付' : nameOf(row.party)}</td>
            <td>
              <Money value={row.amount} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            合计
          </th>
          <td>
            <Money value={total} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

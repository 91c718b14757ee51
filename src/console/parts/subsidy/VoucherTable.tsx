import { formatYuan, money, sum } from '../../../money/money.ts';
import { INTEREST_KINDS } from '../../../subsidies/interest.ts';
import { Money } from '../Money.tsx';
import { Toned } from '../StateTag.tsx';
import { type Explanation, Why } from '../Why.tsx';
import type { Voucher } from './types.ts';
import { LEFT_OUT } from './words.ts';
import './subsidy.css';

/**
 * 付息凭证, side by side: what the bank's voucher shows, what was counted of it and why not more, what the contract's arithmetic gives and by how much the
 * two differ. On a narrow window each voucher stands as a card.
 */
export function VoucherTable({ vouchers, name }: { vouchers: Voucher[]; name: string }) {
  if (vouchers.length === 0) return <p className="hint-line">没有付息凭证。</p>;
  const total = (pick: (voucher: Voucher) => string) => sum(vouchers.map((one) => money(pick(one)))).toFixed(2);
  return (
    <div className="vouchers">
      <p className="hint-line">{summaryOf(vouchers)}</p>
      <table aria-label={`「${name}」的付息凭证`}>
        <thead>
          <tr>
            <th scope="col">凭证号</th>
            <th scope="col">付息日期</th>
            <th scope="col">计息期间</th>
            <th scope="col">利息种类</th>
            <th scope="col" className="right">
              凭证金额
            </th>
            <th scope="col" className="right">
              计入金额
            </th>
            <th scope="col" className="right">
              按合同计算
            </th>
            <th scope="col" className="right">
              差额
            </th>
          </tr>
        </thead>
        <tbody>
          {vouchers.map((voucher) => (
            <Row key={`${voucher.voucherNo}${voucher.kind}${voucher.from}`} voucher={voucher} />
          ))}
        </tbody>
        <tfoot>
          <tr className="sum-row">
            <th scope="row" colSpan={4}>
              合计
            </th>
            <td className="right" data-label="凭证金额">
              <Money value={total(({ amount }) => amount)} />
            </td>
            <td className="right" data-label="计入金额">
              <Money value={total(({ counted }) => counted)} />
            </td>
            <td colSpan={2} className="rest" />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Row({ voucher }: { voucher: Voucher }) {
  const { voucherNo, paidOn, from, to, kind, amount, counted, left, computed, difference, explanation } = voucher;
  return (
    <tr className={left ? 'left-out' : undefined}>
      <th scope="row" className="figure">
        {voucherNo}
      </th>
      <td data-label="付息日期" className="nowrap">
        {paidOn}
      </td>
      <td data-label="计息期间">
        {from} 至 {to}
      </td>
      <td data-label="利息种类">
        {kind === 'normal' ? INTEREST_KINDS.normal : <Toned tone="past">{INTEREST_KINDS[kind]}</Toned>}
      </td>
      <td data-label="凭证金额" className="right">
        <Money value={amount} />
      </td>
      <td data-label="计入金额" className="right">
        <span>
          <Money value={counted} />
          <Why of={explanation as Explanation} title={`凭证 ${voucherNo} 计入多少`} />
          {left && <span className="left-why">{LEFT_OUT[left] ?? left}</span>}
        </span>
      </td>
      <td data-label="按合同计算" className="right">
        <Money value={computed} />
      </td>
      <td data-label="差额" className="right">
        {isDifferent(difference) ? (
          <Toned tone="near">
            <Money value={difference} />
          </Toned>
        ) : (
          <Money value={difference} />
        )}
      </td>
    </tr>
  );
}

const isDifferent = (difference: string | null): difference is string =>
  difference !== null && !money(difference).isZero();

/** The same in a sentence: how many count, what is left out and why, where vouchers and contract differ. */
function summaryOf(vouchers: Voucher[]): string {
  const whole = vouchers.filter(({ left }) => left === null);
  const out = vouchers.filter(({ left }) => left !== null);
  const differing = vouchers.filter(({ difference }) => isDifferent(difference));
  const reasons = [
    ...Map.groupBy(out, ({ kind, left }) => (left === 'excludedKind' ? INTEREST_KINDS[kind] : LEFT_OUT[left!])),
  ]
    .map(([why, some]) => `${why} ${some.length} 张`)
    .join('、');
  return [
    `共 ${vouchers.length} 张凭证，全额计入 ${whole.length} 张`,
    out.length > 0 && `不计或部分计入 ${out.length} 张（${reasons}）`,
    differing.length > 0 &&
      `${differing.length} 张与按合同计算的结果相差 ${differing.map(({ difference }) => formatYuan(money(difference!).abs())).join('、')} 元，以凭证为准`,
  ]
    .filter(Boolean)
    .join('；')
    .concat('。');
}

import { Statistic } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { entriesOf } from '../ledger/links.ts';
import type { Board, Pool } from './board.ts';

/** The pool's figures, each with why it is so and the entries or loans it is made of. */
export function Figures({ pool, board }: { pool: Pool; board?: Board }) {
  const { code, asOf } = pool;
  const entries = (account: string) => entriesOf({ poolCode: code, account, to: asOf });
  const loans = `/loans?poolCode=${code}`;
  return (
    <section className="figures" aria-label="主要数据">
      <Figure label="专户存款" value={pool.deposits} to={entries('1002')} why={depositsOf(pool)} />
      <Figure label="累计出资" value={pool.contributed} to={entries('2901')} why={contributedOf(board)} />
      <Figure label="资金池净额" value={pool.capital} to={entries('2901')} why={capitalOf(pool, board)} />
      <Figure label="准备金占用额" value={pool.reserved} to={entries('9101')} why={reservedOf(pool)} />
      <Figure label="可用额度" value={pool.headroom} to={loans} why={pool.explanation} />
      <Figure label="贷款余额" value={pool.outstandingPrincipal} to={loans} why={lentOf(board)} />
      <Figure label="备案余额" value={pool.countedOutstanding} to={loans} why={countedOf(pool)} />
      <Statistic
        title={<Link to={loans}>累计入池笔数</Link>}
        valueRender={() => <span className="figure">{pool.loanCount} 笔</span>}
      />
    </section>
  );
}

function Figure({ label, value, to, why }: { label: string; value: string; to: string; why?: Explanation }): ReactNode {
  // Who may not read the books sees the figure and why, without the way to the entries.
  const open = may(useMe(), 'ledger.read') || to.startsWith('/loans');
  return (
    <Statistic
      title={
        <>
          {open ? <Link to={to}>{label}</Link> : label}
          <Why of={why} />
        </>
      }
      valueRender={() => <Money value={value} />}
    />
  );
}

const yuan = (wire: string): string => `${formatYuan(money(wire))} 元`;

const depositsOf = ({ deposits, accounts }: Pool): Explanation => ({
  label: '专户存款',
  value: yuan(deposits),
  inputs: accounts.map(({ accountNo, bankName, balance }) => ({
    label: `${bankName} ${accountNo}`,
    value: yuan(balance),
  })),
});

const contributedOf = (board?: Board): Explanation | undefined =>
  board && {
    label: '累计出资 = 各方到账的出资 − 已退回的出资',
    value: yuan(board.pool.contributed),
    inputs: board.contributors.map(({ name, contributed }) => ({
      label: `${name}（已减退回）`,
      value: yuan(contributed),
    })),
  };

const capitalOf = ({ capital }: Pool, board?: Board): Explanation | undefined =>
  board && {
    label: '资金池净额 = 各方出资余额 − 应收追偿款',
    value: yuan(capital),
    inputs: board.contributors.map(({ name, share, receivable, capital }) => ({
      label: `${name}净额`,
      value: yuan(capital),
      inputs: [
        { label: '出资余额', value: yuan(share) },
        { label: '应收追偿款', value: yuan(receivable) },
      ],
    })),
  };

const lentOf = (board?: Board): Explanation | undefined =>
  board && {
    label: '贷款余额',
    value: yuan(board.pool.outstandingPrincipal),
    inputs: board.badLoans.banks.map(({ bankName, loans, denominator }) => ({
      label: `${bankName} ${loans} 笔`,
      value: yuan(denominator),
    })),
  };

const countedOf = ({
  countedOutstanding,
  outstandingPrincipal,
  countedPrincipal,
  principal,
  cites,
}: Pool): Explanation => ({
  label: '备案余额 = 每笔贷款余额 × 备案金额 ÷ 贷款金额，四舍五入到分，逐笔相加',
  value: yuan(countedOutstanding),
  cites,
  inputs: [
    { label: '贷款余额合计', value: yuan(outstandingPrincipal) },
    { label: '备案金额合计', value: yuan(countedPrincipal) },
    { label: '贷款金额合计', value: yuan(principal) },
  ],
});

const reservedOf = ({ reserved, countedOutstanding, leverage, cites }: Pool): Explanation => ({
  label: '准备金占用额 = 每笔贷款备案余额 ÷ 放大倍数，不足一分进为一分，逐笔相加',
  value: yuan(reserved),
  cites,
  inputs: [
    { label: '备案余额合计', value: yuan(countedOutstanding) },
    { label: '放大倍数', value: `${leverage} 倍`, cites },
  ],
});

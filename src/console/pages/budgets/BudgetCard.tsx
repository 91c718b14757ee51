import { Button, Card, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Exact, formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { entriesOf } from '../ledger/links.ts';
import { BudgetChanges } from './BudgetChanges.tsx';
import { ReceiveMoney } from './ReceiveMoney.tsx';
import type { Budget } from './types.ts';
import { YearPaper } from './YearPaper.tsx';

/** One budget: how it is used, in a bar and in figures, each with its entries. */
export function BudgetCard({ budget }: { budget: Budget }) {
  const me = useMe();
  const [receiving, setReceiving] = useState(false);
  const { code, name, document, schemeTitle, accountNo, amount, received } = budget;
  const books = may(me, 'ledger.read');
  const year = useAsk(['budgets', code, 'summary'], () => ask(api.budgets[':code'].summary.$get({ param: { code } })));
  return (
    <Card
      className="month budget"
      title={<h2 className="budget-name">{name}</h2>}
      extra={
        <Space className="no-print">
          {books && <Link to={entriesOf({ poolCode: code })}>记账凭证</Link>}
          <Link to={`/subsidy-batches?year=${budget.year}`}>批次</Link>
          <a href={`/api/v1/budgets/${code}/summary/file`}>年度汇总</a>
          {may(me, 'budget.write') && new Exact(received).lt(amount) && (
            <Button size="small" type="primary" onClick={() => setReceiving(true)}>
              登记到账
            </Button>
          )}
        </Space>
      }
    >
      <p className="hint-line">
        {schemeTitle}；依据 {document}；预算账户 {accountNo}
      </p>
      {year.data && <p>{year.data.sentence}</p>}
      <UseBar budget={budget} />
      <BudgetFigures budget={budget} books={books} />
      <BudgetChanges budget={budget} />
      <YearPaper code={code} />
      {receiving && <ReceiveMoney budget={budget} onClose={() => setReceiving(false)} />}
    </Card>
  );
}

/** 已拨付, 已批准待拨付, 占用待批准 and 可分配 of what was appropriated, drawn to scale; the figures below say the same. */
function UseBar({ budget: { amount, paid, approved, committed, available } }: { budget: Budget }) {
  const share = (value: InstanceType<typeof Exact>): string =>
    new Exact(amount).isZero() ? '0.00' : value.times(100).div(amount).toFixed(2);
  // What came back of this year's expense may be granted again: it is paid no more.
  const restored = new Exact(available).plus(committed).plus(approved).minus(amount);
  const parts = [
    ['paid', restored.isZero() ? '已拨付' : '已拨付（扣除当年收回）', share(new Exact(paid).minus(restored))],
    ['approved', '已批准待拨付', share(new Exact(approved).minus(paid))],
    ['committed', '占用待批准', share(new Exact(committed))],
    ['available', '可分配', share(new Exact(available))],
  ] as const;
  const said = parts.filter(([, , percent]) => percent !== '0.00').map(([, label, percent]) => `${label} ${percent}%`);
  return (
    <figure>
      <svg className="use-bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={said.join('，')}>
        <title>{said.join('，')}</title>
        {parts.map(([key, , percent], i) => {
          const before = parts.slice(0, i).reduce((all, [, , p]) => all.plus(p), new Exact(0));
          return <rect key={key} className={key} x={before.toFixed(2)} y="0" width={percent} height="4" />;
        })}
      </svg>
      <figcaption>
        {parts.map(([key, label, percent]) => (
          <span key={key} className="use">
            <i className={`dot ${key}`} />
            {label} {percent}%
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function BudgetFigures({ budget, books }: { budget: Budget; books: boolean }) {
  const {
    code,
    amount,
    initial,
    received,
    committed,
    approved,
    paid,
    available,
    deposits,
    clawedBack,
    recovered,
    remitted,
  } = budget;
  const of = (account: string) => entriesOf({ poolCode: code, account });
  const figures: [label: string, value: string, to: string | null, hint: string][] = [
    ['预算', amount, null, initial === amount ? '批复金额' : `批复 ${formatYuan(money(initial))} 元，含调整`],
    ['已到账', received, of('4001'), '预算资金拨入'],
    ['账户余额', deposits, of('1002'), '预算账户'],
    ['占用待批准', committed, of('9501'), '已分配、待批准'],
    ['已批准', approved, of('5001'), '计入当年支出'],
    ['已拨付', paid, of('2303'), '银行已付'],
    ['可分配', available, null, `预算减去占用和已批准${recovered === '0.00' ? '' : '，加上当年收回'}`],
    ['追回', clawedBack, of('1218'), `已收回 `],
  ];
  return (
    <div className="figures">
      {figures.map(([label, value, to, hint]) => (
        <div key={label}>
          <div className="hint">{label}</div>
          <strong>
            {books && to ? (
              <Link to={to}>
                <Money value={value} withUnit />
              </Link>
            ) : (
              <Money value={value} withUnit />
            )}
          </strong>
          <div className="hint">
            {hint}
            {label === '追回' && <Money value={recovered} withUnit />}
            {label === '追回' && remitted !== '0.00' && '，缴回财政 '}
            {label === '追回' && remitted !== '0.00' && <Money value={remitted} withUnit />}
          </div>
        </div>
      ))}
    </div>
  );
}

import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DAY_COUNT_BASES, GUARANTEE_MODES, PURPOSES, REPAYMENT_METHODS } from '../../../loans/terms.ts';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { Why } from '../../parts/Why.tsx';
import { LegalRepresentative } from '../enterprises/Reveal.tsx';
import { TermText } from '../filings/TermLine.tsx';
import { labelOf } from '../filings/terms.ts';
import { Clock } from './Clock.tsx';
import type { Review } from './types.ts';

type Rows = [label: string, children: ReactNode][];

/** The filing and the enterprise side by side: what is asked for, and by whom. */
export function Summary({ review }: { review: Review }) {
  return (
    <div className="columns two">
      <Facts title="本笔贷款" rows={loanRows(review)} />
      <Facts title="企业" rows={enterpriseRows(review)} />
    </div>
  );
}

function Facts({ title, rows }: { title: string; rows: Rows }) {
  return (
    <Descriptions
      bordered
      size="small"
      title={title}
      column={1}
      items={rows.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

function loanRows({ filing: f, bankName, poolName, clock, headroom }: Review): Rows {
  return [
    ['资金池、银行', `${poolName}，${bankName}`],
    ['借据号、合同号', `${f.dueBillNo}，${f.contractNo}`],
    ['贷款金额', <Money key="p" value={f.principal} withUnit />],
    ['备案金额', <Money key="c" value={f.countedPrincipal} withUnit />],
    ['年利率', `${f.annualRate}%`],
    [
      '期限',
      <span key="t">
        {f.disbursedOn} 至 {f.maturesOn}，<TermText from={f.disbursedOn} to={f.maturesOn} />
      </span>,
    ],
    [
      '还款、担保、计息',
      [
        labelOf(REPAYMENT_METHODS, f.repaymentMethod),
        labelOf(GUARANTEE_MODES, f.guaranteeMode),
        labelOf(DAY_COUNT_BASES, f.dayCountBasis),
      ].join('，'),
    ],
    ['资金用途', f.purpose === 'other' && f.purposeText ? f.purposeText : labelOf(PURPOSES, f.purpose)],
    ['首次贷款、续贷', f.renewsContractNo ? `续贷，原合同号 ${f.renewsContractNo}` : f.firstLoan ? '首次贷款' : '否'],
    [
      '受理、应办结',
      <span key="k">
        {clock.receivedOn}，
        {clock.decidedOn ? `${clock.dueOn}，${clock.decidedOn} 已办结` : <Clock dueOn={clock.dueOn} />}
        {clock.late && clock.decidedOn && <Toned tone="past">逾期办结</Toned>}
        {clock.provisional && <span className="hint">（次年放假安排尚未公布，暂按周末推算）</span>}
        <Why of={clock.explanation} />
      </span>,
    ],
    ...(headroom
      ? ([
          [
            '可用额度',
            <span key="h">
              <Money value={headroom.before} withUnit />
              <Why of={headroom.explanation.before} title="同意前的可用额度" />
              {' → 同意后 '}
              <Money value={headroom.after} withUnit />
              <Why of={headroom.explanation.after} title="同意后的可用额度" />
              {!headroom.enough && <Toned tone="past">额度不足</Toned>}
            </span>,
          ],
        ] as Rows)
      : []),
  ];
}

function enterpriseRows({ enterprise: e, commitments }: Review): Rows {
  return [
    [
      '名称',
      <Link key="n" to={`/enterprises/${e.uscc}`}>
        {e.name}
      </Link>,
    ],
    ['统一社会信用代码', e.uscc],
    ['注册地', e.registeredIn],
    ['所属行业', e.industry ?? '—'],
    ['法定代表人', <LegalRepresentative key="l" uscc={e.uscc} masked={e.legalRepresentative} />],
    ['从业人数', `${e.staff} 人`],
    ['资产总额', <Money key="a" value={e.totalAssets} withUnit />],
    [
      '营业收入（上年／前年）',
      <span key="r">
        <Money value={e.revenue} withUnit /> ／ <Money value={e.previousRevenue} withUnit />
      </span>,
    ],
    ['研发费用', <Money key="d" value={e.rndExpense} withUnit />],
    [
      '本项目内备案余额',
      <span key="m">
        <Money value={commitments.counted} withUnit />
        （含本笔），入池 {commitments.loans} 笔
      </span>,
    ],
    ['不良贷款', commitments.badLoans > 0 ? <Toned key="b" tone="past">{`${commitments.badLoans} 笔`}</Toned> : '无'],
  ];
}

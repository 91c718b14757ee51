import { Descriptions, Skeleton, Table } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { Papers } from '../documents/Papers.tsx';
import { entriesOf } from '../ledger/links.ts';
import { ClawbackActs } from './ClawbackActs.tsx';
import { Remittances } from './Remittances.tsx';
import { type Clawback, CREDITS, groundOf, statusOf, TONES } from './types.ts';

/** One clawback: what for and why so much, who decided, what has come in and where it went, and what this person does with it. */
export default function ClawbackPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useAsk(['subsidy-clawbacks', id], () =>
    ask(api['subsidy-clawbacks'][':id'].$get({ param: { id } })),
  );
  if (error && !data) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  return (
    <Page
      title={`追回 ${data.enterpriseName} 的补贴`}
      trail={[{ title: '补贴追回', to: '/clawbacks' }]}
      sentence={
        <>
          <Toned tone={TONES[data.status] ?? 'plain'}>{statusOf(data.status)}</Toned>
          {whereItStands(data)}
        </>
      }
      actions={<ClawbackActs of={data} />}
    >
      <Facts of={data} />
      <Receipts of={data} />
      <Remittances of={data} />
      <Papers subject={`subsidy:${data.applicationId}:clawback:${data.id}`} />
    </Page>
  );
}

const yuan = (value: string): string => `${formatYuan(money(value))} 元`;

function whereItStands(of: Clawback): string {
  const { status, amount, received, outstanding, proposedByName, mine, decidedOn, cancelling, opinion, cancelReason } =
    of;
  if (status === 'proposed')
    return `${of.proposedOn} ${mine ? '由您' : (proposedByName ?? '')}提出追回 ${yuan(amount)}，待另一名财务人员复核。`;
  if (status === 'declined') return `${decidedOn} 复核不同意追回。理由：${opinion ?? ''}。`;
  if (status === 'cancelled') return `${of.cancelledOn} 已撤销。理由：${cancelReason ?? ''}。`;
  const came = received === '0.00' ? '尚无资金到账' : `已收回 ${yuan(received)}`;
  const left = outstanding === '0.00' ? '，已全部收回' : `，尚未收回 ${yuan(outstanding)}`;
  return `${decidedOn} 决定追回 ${yuan(amount)}，${came}${left}${cancelling ? '；已提出撤销，待另一人复核' : ''}。`;
}

function Facts({ of }: { of: Clawback }) {
  const books = may(useMe(), 'ledger.read');
  const { ban, creditedTo, explanation, cites } = of;
  const rows: [string, ReactNode][] = [
    [
      '补贴申请',
      <Link key="a" to={`/subsidies/${of.applicationId}`}>
        {of.year} 年补贴申请第 {of.place} 项，{of.lineName}
      </Link>,
    ],
    ['补贴政策', of.schemeTitle],
    [
      '追回金额',
      <span key="m">
        <Money value={of.amount} withUnit />
        <Why of={explanation as Explanation} />
      </span>,
    ],
    [
      '事由与依据',
      <span key="g">
        {groundOf(of.ground)} <Cites cites={cites} />
      </span>,
    ],
    ['事实和理由', of.reason],
    ['证据', of.evidence ?? '—'],
    ['提出', `${of.proposedOn} ${of.proposedByName ?? ''}`],
    ['复核', of.decidedOn ? `${of.decidedOn} ${of.decidedByName ?? ''}${of.opinion ? `，${of.opinion}` : ''}` : '—'],
    ['收回的资金', creditedTo ? (CREDITS[creditedTo] ?? creditedTo) : '复核后确定：当年的冲减支出，以前年度的应缴财政'],
    [
      '不得申报',
      ban ? `${ban.from} 至 ${ban.until}${ban.allSchemes ? '，各项补贴' : '，本项补贴'}（${ban.title}）` : '—',
    ],
    ...(books && of.decidedOn
      ? ([
          [
            '账务',
            <Link key="l" to={entriesOf({ poolCode: of.budgetCode, subject: of.enterpriseUscc })}>
              查看记账凭证
            </Link>,
          ],
        ] as [string, ReactNode][])
      : []),
  ];
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, lg: 2 }}
      items={rows.map(([label, children]) => ({ key: label, label, children }))}
    />
  );
}

function Receipts({ of: { receipts, status } }: { of: Clawback }) {
  if (receipts.length === 0 && status !== 'ordered') return null;
  return (
    <section aria-label="到账">
      <h2>到账</h2>
      <Table<Clawback['receipts'][number]>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={receipts}
        locale={{ emptyText: '尚无资金到账，可以分次收回' }}
        columns={[
          { title: '到账日期', dataIndex: 'receivedOn' },
          { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
          { title: '银行回单号', dataIndex: 'receiptNo' },
        ]}
      />
    </section>
  );
}

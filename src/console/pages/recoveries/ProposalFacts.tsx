import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { Money } from '../../parts/Money.tsx';
import { Checks } from '../filings/Checks.tsx';
import type { Proposal } from './types.ts';

const AMOUNTS: Record<string, string> = { writeOff: '核销金额', refund: '应退回', cost: '追偿费用' };

interface Panel {
  decidedOn: string;
  members: string[];
  recused: string[];
  substitutes: string[];
}

/** What was proposed: how much, why, on which ground, who decided together, and what the rules say of it. `grounds`: their names by code. */
export function ProposalFacts({ of: proposal, grounds }: { of: Proposal; grounds?: Record<string, string> }) {
  const { amount, details, proposedBy, proposedOn, mine, checks, kind } = proposal;
  const panel = details?.panel as Panel | undefined;
  const items: [label: string, children: ReactNode][] = [
    [AMOUNTS[kind] ?? '金额', <Money key="" value={amount} withUnit />],
    ['提出', `${proposedOn}${proposedBy ? `　${proposedBy}${mine ? '（本人）' : ''}` : ''}`],
    ...(details?.ground ? ([['情形', grounds?.[details.ground] ?? '……']] as [string, ReactNode][]) : []),
    ...(details?.reason ? ([['理由', details.reason]] as [string, ReactNode][]) : []),
    ...(details?.voucherNo ? ([['付款凭证', `${details.paidOn}　${details.voucherNo}`]] as [string, ReactNode][]) : []),
    ...(details?.courtOrderOn ? ([['终结执行裁定日期', details.courtOrderOn]] as [string, ReactNode][]) : []),
    ...(panel ? ([['集体研究', panelText(panel)]] as [string, ReactNode][]) : []),
  ];
  return (
    <>
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={items.map(([label, children]) => ({ key: label, label, children }))}
      />
      {checks.length > 0 && <Checks checks={checks} />}
    </>
  );
}

function panelText({ decidedOn, members, recused, substitutes }: Panel): string {
  const of = (label: string, names: string[]) => (names.length > 0 ? `；${label}：${names.join('、')}` : '');
  return `${decidedOn}，参加：${members.join('、')}${of('回避', recused)}${of('候补', substitutes)}`;
}

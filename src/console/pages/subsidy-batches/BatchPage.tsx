import { Skeleton, Steps } from 'antd';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { Papers } from '../documents/Papers.tsx';
import { BatchActs } from './BatchActs.tsx';
import { BatchFigures } from './BatchFigures.tsx';
import { Payments } from './Payments.tsx';
import { Publicity } from './Publicity.tsx';
import { isOpen, openOf, stateOf, unpaidOf, wayOf } from './progress.ts';
import { SharesTable } from './SharesTable.tsx';
import { Supplements } from './Supplements.tsx';
import { Tallies } from './Tallies.tsx';
import { type Batch, type Board, batchName, boardKey } from './types.ts';
import { useSchemes } from './useSchemes.ts';
import './batches.css';

const WAY = ['申报截止', '审核核定', '公示', '分配预算', '批准', '下达资金', '拨付'];

/** One batch from the applications to the payment: what it asks for, what was published, how the budget is shared, who was paid. */
export default function BatchPage() {
  const { id = '' } = useParams();
  const { batches, ready, error } = useSchemes();
  const published = /^\d+$/.test(id);
  const batch = useAsk(['subsidy-batches', id], () => ask(api['subsidy-batches'][':id'].$get({ param: { id } })), {
    enabled: published,
  });
  const board = batches.find((b) => (published ? b.batchId === id : boardKey(b) === id));
  if (batch.error ?? error) return <ProblemPage error={batch.error ?? error} />;
  if (!ready || (published && !batch.data)) return <Skeleton className="page" active />;
  if (!board) return <NoBatch />;
  return <OneBatch board={board} batch={batch.data} />;
}

function NoBatch() {
  return (
    <Page title="补贴批次" trail={[{ title: '补贴批次', to: '/subsidy-batches' }]}>
      <p>
        没有这个批次，或其中没有您可以查看的申请。<Link to="/subsidy-batches">查看全部批次</Link>
      </p>
    </Page>
  );
}

function OneBatch({ board, batch }: { board: Board; batch: Batch | undefined }) {
  const { today } = useMe();
  const { at, days } = wayOf(board, batch, today);
  const [label, tone] = stateOf(board, batch, today);
  return (
    <Page
      title={`${batchName(board)}补贴`}
      trail={[{ title: '补贴批次', to: '/subsidy-batches' }]}
      sentence={
        <>
          <Toned tone={tone}>{label}</Toned>
          {sentenceOf(board, batch, today)}
        </>
      }
      actions={<BatchActs board={board} batch={batch} />}
    >
      <p className="hint-line">{board.schemeTitle}</p>
      <Steps
        className="batch-way"
        size="small"
        current={at}
        items={WAY.map((title, i) => ({ title, content: days[i] ?? undefined }))}
      />
      <BatchFigures board={board} batch={batch} />
      <Tallies board={board} />
      {batch && <Publicity batch={batch} />}
      {batch && <SharesTable batch={batch} />}
      {batch && <Supplements batch={batch} />}
      {batch?.status === 'ordered' && <Payments batch={batch} />}
      {batch && <Papers subject={`subsidyBatch:${batch.id}`} />}
    </Page>
  );
}

/** Where it stands and what comes next; once paid, as a bulletin says it. */
function sentenceOf(board: Board, batch: Batch | undefined, today: string): string {
  const open = openOf(board);
  if (!batch) {
    if (isOpen(board, today))
      return `申报至 ${board.closesOn} 截止，已受理 ${board.applications} 项，其中 ${open} 项还没有结论；截止并全部办结后一并公示。`;
    if (open > 0) return `${board.applications} 项申请中 ${open} 项还没有结论，全部办结后一并公示。`;
    return `${board.applications} 项申请全部办结，可以公示。`;
  }
  const { status, objectionsTo, enterprises, paidEnterprises, sentence } = batch;
  if (status === 'published')
    return objectionsTo! >= today
      ? `拟补贴 ${enterprises} 家企业，公示至 ${objectionsTo}，期满后由财务分配预算。`
      : `公示已于 ${objectionsTo} 期满，由财务分配预算。`;
  if (status === 'allocated') return `预算已分配给 ${enterprises} 家企业，待自治区另一人批准。`;
  if (status === 'approved') return `已批准 ${enterprises} 家企业的补贴，由财务下达资金。`;
  if (paidEnterprises === 0) return `资金已下达 ${enterprises} 家企业，由另一名财务人员登记拨付。`;
  const rest = unpaidOf(board);
  return rest > 0 ? `${sentence}；${rest} 家尚未拨付或未全部拨付。` : `${sentence}。`;
}

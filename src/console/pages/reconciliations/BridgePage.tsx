import { Button, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { lastDay } from '../../../calendar/settlement-period.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useBooks } from '../../parts/useBooks.ts';
import { Bridge } from './Bridge.tsx';
import { ConfirmRun } from './ConfirmRun.tsx';
import { Replay } from './Replay.tsx';
import type { Run } from './run.ts';
import { RUN_STATES } from './states.ts';
import './bridge.css';

/** 银行存款余额调节表 of a month: two columns that come to the same, each item with where it is from. */
export default function BridgePage() {
  const { id = '' } = useParams();
  const { bookName } = useBooks();
  const { data, error, refetch } = useAsk(['reconciliations', id], () =>
    ask(api.reconciliations[':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { poolCode, accountNo, period, number, status, runOn, confirmedOn, documentId } = data;
  return (
    <Page
      title={`${bookName(poolCode)} ${period} 余额调节表`}
      trail={[
        { title: '银行对账', to: `/reconciliations?account=${accountNo}&period=${period}` },
        { title: `${period} 工作台`, to: `/reconciliations/${id}` },
      ]}
      sentence={sentenceOf(data)}
      actions={
        <>
          {documentId && (
            <Button href={`/api/v1/documents/${documentId}/pdf`} target="_blank">
              余额调节表 PDF
            </Button>
          )}
          <Button href={`/api/v1/reconciliations/${id}/bridge`}>下载 XLSX</Button>
          <Button onClick={() => window.print()}>打印</Button>
        </>
      }
    >
      <p className="hint-line">
        <StateTag state={status} labels={RUN_STATES} />
        账户 {accountNo}，截至 {lastDay(period)}；第 {number} 次对账，{runOn} 办理
        {confirmedOn ? `，${confirmedOn} 由另一人确认` : ''}。
      </p>
      <Bridge of={data} />
      <section className="no-print">
        <ConfirmRun of={data} />
        <h2>可以重现</h2>
        <Replay id={id} />
      </section>
    </Page>
  );
}

function sentenceOf({ bankClosing, ledgerClosing, bridge, unexplained }: Run) {
  const items = bridge.length === 0 ? '两边没有未达账项' : `经 ${bridge.length} 项未达账项调节`;
  return (
    <>
      银行 <Money value={bankClosing} /> 元，账面 <Money value={ledgerClosing} /> 元，{items}，未说明的差额{' '}
      <Money value={unexplained} /> 元。
    </>
  );
}

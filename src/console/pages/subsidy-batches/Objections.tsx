import { Button, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { Link } from 'react-router';
import { OBJECTION_STATUSES, OBJECTORS, type ObjectionStatus } from '../../../subsidies/steps.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Reveal } from '../../parts/Reveal.tsx';
import { type Tone, Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { DecideObjection } from '../subsidies/DecideObjection.tsx';
import type { Batch } from './types.ts';

type Objection = InferResponseType<(typeof api)['subsidy-objections']['$get'], 200>['items'][number];

const TONES: Record<ObjectionStatus, Tone> = { open: 'near', upheld: 'past', dismissed: 'within', ended: 'plain' };

/** 异议: what was objected to in a batch, which line it holds, and how it was decided; who objected is masked. */
export function Objections({ batch: { scheme, year, batchNo } }: { batch: Batch }) {
  const me = useMe();
  const enabled = may(me, 'objection.read');
  const [deciding, setDeciding] = useState<Objection>();
  const query = { scheme, year: `${year}`, batchNo: `${batchNo}`, limit: '500' };
  const { data, error } = useAsk(
    ['subsidy-objections', query],
    () => ask(api['subsidy-objections'].$get({ query: query as never })),
    { enabled },
  );
  if (!enabled) return null;
  if (error) return <ProblemAlert error={error} />;
  if (!data || data.items.length === 0)
    return <p className="hint-line">没有异议。收到异议的，打开该企业的申请，在涉及的项目下登记，只暂缓该项。</p>;
  const decides = may(me, 'subsidy.publish');
  return (
    <>
      <h3>异议（{data.total}）</h3>
      <Table<Objection>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data.items}
        columns={[
          {
            title: '企业、项目',
            render: (_, { applicationId, enterpriseName, place, lineName }) => (
              <Link to={`/subsidies/${applicationId}`}>
                {enterpriseName}，第 {place} 项 {lineName}
              </Link>
            ),
          },
          { title: '涉及金额', align: 'right', width: 110, render: (_, { decided }) => <Money value={decided} /> },
          { title: '异议人', render: (_, objection) => <Objector of={objection} /> },
          { title: '异议内容', render: (_, { ground }) => <span className="reason">{ground}</span> },
          {
            title: '登记',
            width: 110,
            render: (_, { raisedOn, recordedByName }) => `${raisedOn} ${recordedByName ?? ''}`,
          },
          { title: '处理', render: (_, objection) => <Outcome of={objection} /> },
          ...(decides
            ? [
                {
                  ...{ title: '', key: 'act', className: 'no-print' },
                  render: (_: unknown, objection: Objection) =>
                    objection.status === 'open' &&
                    (objection.mine ? (
                      <span className="hint">由您登记，须由他人处理</span>
                    ) : (
                      <Button size="small" type="primary" onClick={() => setDeciding(objection)}>
                        处理
                      </Button>
                    )),
                },
              ]
            : []),
        ]}
      />
      {deciding && (
        <DecideObjection of={{ ...deciding, name: deciding.lineName }} onClose={() => setDeciding(undefined)} />
      )}
    </>
  );
}

/** Who objected: masked; whoever may, sees name and contact after saying why. */
function Objector({ of: { id, objectorKind, objectorName } }: { of: Objection }) {
  if (!objectorName) return '—';
  const kind = objectorKind ? OBJECTORS[objectorKind as keyof typeof OBJECTORS] : '';
  return (
    <>
      {kind}{' '}
      <Reveal
        masked={objectorName}
        label="查看"
        title="查看异议人的姓名和联系方式"
        example="例如：向异议人核实情况"
        look={(reason) => ask(api['subsidy-objections'][':id'].reveal.$post({ param: { id }, json: { reason } }))}
        show={(seen) => `${seen.objectorName}，${seen.objectorContact}`}
      />
    </>
  );
}

function Outcome({ of: { status, decidedOn, decidedByName, opinion } }: { of: Objection }) {
  const known = status as ObjectionStatus;
  return (
    <>
      <Toned tone={TONES[known]}>{OBJECTION_STATUSES[known]}</Toned>
      {decidedOn && <span className="reason">{`${decidedOn} ${decidedByName ?? ''}，${opinion}`}</span>}
    </>
  );
}

import { Button, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { Link } from 'react-router';
import { CORRECTION_CAUSES, type CorrectionCause } from '../../../subsidies/correction.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import type { Application, LineRequest } from '../../parts/subsidy/types.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { CorrectDialog } from './CorrectDialog.tsx';

type Correction = InferResponseType<
  (typeof api)['subsidy-applications'][':id']['corrections']['$get'],
  200
>['items'][number];

/** 更正 of what was granted, after a rule or a fact was corrected: the first decision stays, the difference is paid or claimed back by two people. */
export function Corrections({ of }: { of: Application }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const enabled = may(me, 'subsidy.correct') && ['approved', 'paid'].includes(of.status);
  const { data, error } = useAsk(
    ['subsidy-applications', of.id, 'corrections'],
    () => ask(api['subsidy-applications'][':id'].corrections.$get({ param: { id: of.id } })),
    { enabled },
  );
  if (!enabled) return null;
  const rows = data?.items ?? [];
  return (
    <section aria-label="更正">
      <div className="table-bar">
        <h2>更正</h2>
        <Button className="no-print" disabled={!data} onClick={() => setOpen(true)}>
          更正核算
        </Button>
      </div>
      <ProblemAlert error={error} />
      {rows.length === 0 && (
        <p className="hint-line">条款或事实经更正后重新核算：应增加的补充分配，应减少的追回，均由另一人复核。</p>
      )}
      {rows.length > 0 && (
        <Table<Correction>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={rows}
          columns={[
            { title: '日期', dataIndex: 'recordedOn', width: 110 },
            { title: '项目', render: (_, { place, lineName }) => `第 ${place} 项 ${lineName}` },
            {
              title: '原因',
              render: (_, { cause, reason }) => `${CORRECTION_CAUSES[cause as CorrectionCause]}：${reason}`,
            },
            { title: '原核定', align: 'right', render: (_, { decidedBefore }) => <Money value={decidedBefore} /> },
            { title: '应核定', align: 'right', render: (_, { decidedAfter }) => <Money value={decidedAfter} /> },
            {
              title: '差额',
              align: 'right',
              render: (_, { difference, explanation }) => (
                <span className="nowrap">
                  <Money value={difference} />
                  <Why of={explanation as Explanation} />
                </span>
              ),
            },
            {
              title: '办理',
              render: (_, { clawbackId }) =>
                clawbackId ? <Link to={`/clawbacks/${clawbackId}`}>追回</Link> : '补充分配，见本批',
            },
          ]}
        />
      )}
      {open && <CorrectDialog of={of} lines={standing(of, rows)} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** The lines as they stand: what a correction told anew is not told again as the enterprise first did. */
function standing(of: Application, rows: Correction[]): LineRequest[] {
  const { lines } = of.request as { lines: LineRequest[] };
  return lines.map((line, i) => rows.findLast(({ place, stated }) => place === i + 1 && stated)?.stated ?? line);
}

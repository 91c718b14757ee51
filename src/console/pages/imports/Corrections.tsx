import { Alert, App, Button, Segmented, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Permission } from '../../../access/roles.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { may, useMe } from '../../session.ts';
import { type Draft, edited, toggled, wireOf } from './correction.ts';
import { RowsTable } from './RowsTable.tsx';
import type { Import, Kind, Mode } from './types.ts';

const EMPTY: Draft = { rows: {}, drop: [] };
const SENDS: Record<Kind, Permission> = {
  loanFilings: 'filing.create',
  balanceReports: 'loan.report',
  enterprises: 'enterprise.write',
};

/** The file's rows beside their faults, corrected in place; what is corrected is kept until it is sent, on the server. */
export function Corrections({ about: { id, kind, status, rowsRead, rowsRefused } }: { about: Import }) {
  const me = useMe();
  const corrects = may(me, SENDS[kind as Kind]);
  const draft = useDraft<Draft>(`corrections:${id}`, EMPTY);
  const [only, setOnly] = useState<'faulty' | 'all'>('faulty');
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const send = useAct(
    (mode: Mode) =>
      ask(api.imports[':id'].corrections.$post({ param: { id }, json: { mode, ...wireOf(draft.value) } })),
    { refresh: ['imports', 'loan-filings', 'balance-reports', 'loans', 'portfolio', 'home'] },
  );
  const submit = (mode: Mode) =>
    send.mutate(mode, { onSuccess: async (next) => draft.discard().then(() => navigate(`/imports/${next.id}`)) });
  const { rows, drop } = draft.value;
  const changed = Object.keys(rows).length;
  const touched = changed > 0 || drop.length > 0;
  // Of a file that was refused as a whole, the good rows may be sent as they are.
  const goodLeft = status === 'refused' && rowsRefused < rowsRead;
  return (
    <section aria-label="有问题的行">
      <div className="page-head">
        <h2>{only === 'faulty' ? `有问题的行（${rowsRefused}）` : '全部的行'}</h2>
        <Space wrap className="no-print">
          <Segmented
            value={only}
            onChange={setOnly}
            options={[
              { value: 'faulty', label: '只看有问题的' },
              { value: 'all', label: '全部' },
            ]}
          />
          <Button href={`/api/v1/imports/${id}/faults?format=xlsx`}>下载问题清单</Button>
        </Space>
      </div>
      {draft.found && touched && (
        <Alert type="info" showIcon title={`已恢复上次的更正：改了 ${changed} 行，不再报送 ${drop.length} 行`} />
      )}
      <ProblemAlert error={send.error} />
      <RowsTable
        key={only}
        id={id}
        only={only}
        corrections={draft.value}
        editable={corrects && draft.ready}
        onEdit={(row, field, text) => draft.save(edited(draft.value, row, field, text))}
        onDrop={(row) => draft.save(toggled(draft.value, row.row))}
      />
      {corrects && (
        <div className="form-foot no-print">
          <Button type="primary" disabled={!touched} loading={send.isPending} onClick={() => submit('all')}>
            全部合格才报送
          </Button>
          <Button disabled={!(touched || goodLeft) || send.isPending} onClick={() => submit('good')}>
            只报送合格的行
          </Button>
          <Button
            disabled={!touched || send.isPending}
            onClick={() => modal.confirm({ title: '清除本页所有更正？', okText: '清除', onOk: () => draft.discard() })}
          >
            清除更正
          </Button>
          <span>
            {touched ? `已改 ${changed} 行，不再报送 ${drop.length} 行。` : '直接在单元格里改。'}
            改动随时保存；此前已接收的行不会重复。
          </span>
        </div>
      )}
    </section>
  );
}

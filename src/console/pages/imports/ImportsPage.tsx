import { Button } from 'antd';
import { Link } from 'react-router';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Page } from '../../parts/Page.tsx';
import { stateOptions } from '../../parts/StateTag.tsx';
import { usePoolName } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { ImportState } from './ImportState.tsx';
import { IMPORT_STATES, type ImportItem, KINDS, type Kind, MODES, type Mode } from './types.ts';

/** 上传记录: each file that was sent and what became of it. */
export default function ImportsPage() {
  const me = useMe();
  const poolName = usePoolName();
  const sends = may(me, 'filing.create') || may(me, 'enterprise.write');
  const columns: Column<ImportItem>[] = [
    {
      ...{ key: 'receivedOn', title: '上传日期', sortable: true },
      render: ({ receivedOn }) => receivedOn,
    },
    {
      ...{ key: 'fileName', title: '文件', sortable: true },
      render: ({ id, fileName }) => <Link to={`/imports/${id}`}>{fileName}</Link>,
    },
    { key: 'kind', title: '种类', sortable: true, render: ({ kind }) => KINDS[kind as Kind] ?? kind },
    {
      ...{ key: 'poolCode', title: '资金池', sortable: true },
      render: ({ poolCode }) => poolName(poolCode),
    },
    { key: 'rowsRead', title: '读取行数', align: 'right', sortable: true },
    { key: 'rowsAccepted', title: '接收', align: 'right', sortable: true },
    { key: 'rowsNew', title: '其中新增', align: 'right', sortable: true, hidden: true },
    { key: 'rowsRefused', title: '有问题', align: 'right', sortable: true },
    {
      ...{ key: 'mode', title: '接收方式', hidden: true },
      render: ({ mode }) => MODES[mode as Mode] ?? mode,
    },
    {
      ...{ key: 'status', title: '状态', sortable: true },
      render: (row) => <ImportState of={row} />,
    },
  ];
  return (
    <Page
      title="上传记录"
      actions={
        sends && (
          <Link to="/imports/new">
            <Button type="primary">上传文件</Button>
          </Link>
        )
      }
    >
      <DataTable<ImportItem>
        from="/imports"
        rowKey="id"
        columns={columns}
        filters={[
          { name: 'q', label: '文件名', kind: 'search' },
          {
            name: 'kind',
            label: '种类',
            kind: 'select',
            options: Object.entries(KINDS).map(([value, label]) => ({ value, label })),
          },
          {
            name: 'status',
            label: '状态',
            kind: 'select',
            options: stateOptions('staged', 'done', 'refused', 'failed').map(({ value, label }) => ({
              value,
              label: IMPORT_STATES[value as keyof typeof IMPORT_STATES] ?? label,
            })),
          },
          { name: 'from', label: '上传日期起', kind: 'date' },
          { name: 'to', label: '上传日期止', kind: 'date' },
        ]}
        empty="还没有上传过文件。"
      />
    </Page>
  );
}

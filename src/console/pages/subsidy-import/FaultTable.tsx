import { Button, Table } from 'antd';
import { useState } from 'react';
import type { Fault } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { FILES, type FileKind, inColumns } from './types.ts';

interface Props {
  faults: Fault[];
  kind: FileKind;
  /** what the list is saved under */
  fileName: string;
}

/** What is wrong with a file, row by row: the field, what stands there, why it is refused and by which article; a page at a time, however many there are. */
export function FaultTable({ faults, kind, fileName }: Props) {
  const [saving, setSaving] = useState(false);
  const rows = inColumns(faults).map((fault, key) => ({ ...fault, key }));
  const titles = new Map<string, string>(FILES[kind].columns.map(({ field, title }) => [field, title]));
  const titleOf = (field = '') => titles.get(field) ?? field;
  const byField = [...Map.groupBy(rows, ({ field }) => field ?? '')];
  const save = async () => {
    setSaving(true);
    // What writes workbooks is fetched when somebody wants one.
    const { saveFaults } = await import('./save-faults.ts');
    await saveFaults(rows, kind, fileName).finally(() => setSaving(false));
  };
  return (
    <section aria-label="问题清单">
      <div className="table-bar">
        <h2>问题清单（{faults.length.toLocaleString('zh-CN')} 处）</h2>
        <Button className="no-print" loading={saving} onClick={save}>
          下载问题清单 XLSX
        </Button>
      </div>
      <Table<(typeof rows)[number]>
        size="small"
        rowKey="key"
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showTotal: (total) => `共 ${total} 处` }}
        columns={[
          { title: '行', width: 72, align: 'right', render: (_, { row }) => row },
          ...(rows.some(({ seq }) => seq) ? [{ title: '序号', dataIndex: 'seq', width: 72 }] : []),
          {
            title: '字段',
            width: 200,
            filters: byField.map(([field, own]) => ({ text: `${titleOf(field)}（${own.length} 处）`, value: field })),
            onFilter: (value, { field = '' }) => field === value,
            render: (_, { field }) => titleOf(field),
          },
          { title: '原值', width: 220, render: (_, { value }) => <div className="memo">{value || '（空）'}</div> },
          {
            title: '问题',
            render: (_, { message, cites }) => (
              <div className="fault-why">
                {message}
                <Cites cites={cites ?? []} />
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}

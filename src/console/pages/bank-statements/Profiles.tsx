import { Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { STATEMENT_COLUMNS } from '../../../files/statement-columns.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

type Profile = InferResponseType<(typeof api)['statement-profiles']['$get'], 200>['items'][number];
const TITLES = new Map<string, string>(STATEMENT_COLUMNS.map(({ field, title }) => [field, title]));

/** 对账单格式: the layouts that people have told once and that are known by themselves since; nothing where there are none. */
export function Profiles() {
  const { data } = useAsk(['statement-profiles'], () => ask(api['statement-profiles'].$get()));
  if (!data || data.items.length === 0) return null;
  return (
    <section className="no-print">
      <h2>自行添加的对账单格式</h2>
      <Table<Profile>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data.items}
        columns={[
          { title: '名称', dataIndex: 'name' },
          {
            title: '文件中的列 → 对应为',
            render: (_, { mapping }) =>
              Object.entries(mapping)
                .filter(([, field]) => field !== null)
                .map(([heading, field]) => `${heading} → ${TITLES.get(field!) ?? field}`)
                .join('；'),
          },
          { title: '添加日期', dataIndex: 'createdOn', className: 'nowrap' },
        ]}
      />
    </section>
  );
}

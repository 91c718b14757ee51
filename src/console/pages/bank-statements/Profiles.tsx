import { Button, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { STATEMENT_COLUMNS } from '../../../files/statement-columns.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';

type Profile = InferResponseType<(typeof api)['statement-profiles']['$get'], 200>['items'][number];
const TITLES = new Map<string, string>(STATEMENT_COLUMNS.map(({ field, title }) => [field, title]));

/** 对账单格式: the layouts that people have told once and that are known by themselves since; nothing where there are none. */
export function Profiles() {
  const me = useMe();
  const askFirst = useAskFirst();
  const { data } = useAsk(['statement-profiles'], () => ask(api['statement-profiles'].$get()));
  const remove = useAct((id: string) => ask(api['statement-profiles'][':id'].$delete({ param: { id } })), {
    done: '已删除',
    refresh: ['statement-profiles'],
  });
  const confirm = ({ id, name }: Profile) =>
    askFirst({
      title: `删除对账单格式「${name}」？`,
      content: '今后同样列名的文件须重新说明各列；已导入的对账单不受影响。',
      okText: '删除',
      act: remove,
      input: id,
    });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="no-print">
      <h2>自行添加的对账单格式</h2>
      <ProblemAlert error={remove.error} />
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
          ...(may(me, 'statementProfile.add')
            ? [
                {
                  render: (_: unknown, profile: Profile) => (
                    <Button size="small" aria-label={`删除「${profile.name}」`} onClick={() => confirm(profile)}>
                      删除
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

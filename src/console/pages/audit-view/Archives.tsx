import { Button, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useBooks } from '../../parts/useBooks.ts';

type Archive = InferResponseType<typeof api.archives.$get, 200>['items'][number];

/** 审计档案: a year of a book as a signed file, which is verified without us. */
export function Archives({ year }: { year: string }) {
  const { bookName } = useBooks();
  const { data, error, refetch } = useAsk(['archives', year], () =>
    ask(api.archives.$get({ query: { year, limit: '200' } })),
  );
  return (
    <section>
      <h2>审计档案</h2>
      <p className="hint-line">
        全年的凭证、单据、执行的条款和校验值，签名后成一个文件；用随附的核验程序即可核验，不需要本系统。
      </p>
      <ProblemAlert error={error} retry={() => void refetch()} />
      <Table<Archive>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data?.items}
        locale={{ emptyText: '这一年还没有制作档案' }}
        columns={[
          { title: '账套', render: (_, { poolCode }) => bookName(poolCode) },
          { title: '截至', dataIndex: 'asOf' },
          { title: '凭证张数', dataIndex: 'entries', align: 'right' },
          { title: '制作', render: (_, { madeOn, madeByName }) => `${madeOn} ${madeByName ?? ''}` },
          {
            title: '状态',
            render: (_, { status }) => <StateTag state={status} labels={{ making: '制作中', ready: '已完成' }} />,
          },
          {
            title: '',
            key: 'file',
            render: (_, { id, status }) =>
              status === 'ready' && (
                <Button size="small" href={`/api/v1/archives/${id}/file`}>
                  下载
                </Button>
              ),
          },
        ]}
      />
    </section>
  );
}

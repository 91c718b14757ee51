import { Button, Card, Table, Tag } from 'antd';
import { auth } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { clock } from '../../parts/times.ts';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { browserOf } from './browser.ts';

interface Session {
  id: string;
  token: string;
  createdAt: string;
  updatedAt: string;
  ipAddress: string | null;
  userAgent: string | null;
}

/** 登录情况: where one is logged in, this browser marked; each of the others can be ended. */
export function Sessions() {
  const { data, error, refetch } = useAsk(['sessions'], () => auth<Session[]>('list-sessions'));
  const mine = useAsk(['sessions', 'mine'], () => auth<{ session: Session } | null>('get-session'));
  const end = useAct((token: string) => auth('revoke-session', { token }), {
    done: '已退出该处登录',
    refresh: ['sessions'],
  });
  const endOthers = useAct(() => auth('revoke-other-sessions', {}), { done: '已退出其他登录', refresh: ['sessions'] });
  const isMine = ({ id }: Session) => id === mine.data?.session.id;
  return (
    <Card title="登录情况" extra={<Button onClick={() => endOthers.mutate()}>退出其他所有登录</Button>}>
      <ProblemAlert error={error ?? end.error ?? endOthers.error} retry={refetch} />
      <Table<Session>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data ?? []}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '登录时间', dataIndex: 'createdAt', render: clock },
          { title: '最近使用', dataIndex: 'updatedAt', render: clock },
          { title: '地址', dataIndex: 'ipAddress', render: (address: string | null) => placeOf(address) },
          {
            title: '浏览器',
            dataIndex: 'userAgent',
            render: (text: string | null) => <span title={text ?? undefined}>{browserOf(text)}</span>,
          },
          {
            title: '',
            key: 'end',
            render: (_, session) =>
              isMine(session) ? (
                <Tag>本次登录</Tag>
              ) : (
                <Button size="small" onClick={() => end.mutate(session.token)}>
                  退出
                </Button>
              ),
          },
        ]}
      />
    </Card>
  );
}

/** The network an IPv6 address is kept by is all zeros on the machine itself. */
const placeOf = (address: string | null): string =>
  !address ? '—' : address === '127.0.0.1' || /^[0:]+$/.test(address) ? '本机' : address;

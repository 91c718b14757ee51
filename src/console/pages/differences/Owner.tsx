import { Button, Select, Space } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { type Difference, isLive } from './words.ts';

/** Whose it is to clear up a difference: one's own, or somebody's of finance. */
export function Owner({ of: difference }: { of: Difference }) {
  const { id, ownerName } = difference;
  const me = useMe();
  const enabled = may(me, 'difference.resolve') && isLive(difference);
  const owners = useAsk(['owners'], () => ask(api['difference-owners'].$get()), { enabled });
  const assign = useAct(
    (owner: string) => ask(api.differences[':id'].assign.$post({ param: { id }, json: { owner } })),
    { done: '已指定', refresh: ['differences', 'home'] },
  );
  if (!enabled) return ownerName ?? '未指定';
  return (
    <Space wrap>
      <span>{ownerName ?? '未指定'}</span>
      {ownerName !== me.name && (
        <Button size="small" loading={assign.isPending} onClick={() => assign.mutate(me.id)}>
          由我经办
        </Button>
      )}
      <Select
        size="small"
        aria-label="指定经办人"
        placeholder="指定给……"
        value={null}
        style={{ minWidth: 120 }}
        options={owners.data?.items.map(({ id: value, name }) => ({ value, label: name }))}
        onChange={(owner: string | null) => owner && assign.mutate(owner)}
      />
      <ProblemAlert error={assign.error} />
    </Space>
  );
}

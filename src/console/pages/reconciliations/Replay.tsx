import { Alert, Button } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';

/** Runs a 对账 again over what it looked at then, and says whether the same comes of it to the byte. */
export function Replay({ id }: { id: string }) {
  const replay = useAct(() => ask(api.reconciliations[':id'].replay.$get({ param: { id } })));
  return (
    <>
      <p className="hint-line">每次对账连同当时所见一并保存。可以随时以当时所见重新核对一遍，结果应逐字节相同。</p>
      <ProblemAlert error={replay.error} />
      {replay.data && (
        <Alert
          showIcon
          type={replay.data.same ? 'success' : 'error'}
          title={
            replay.data.same
              ? `重新核对的结果与当时逐字节相同（${replay.data.bytes.toLocaleString('zh-CN')} 字节）`
              : '重新核对的结果与当时不同，请联系系统管理员'
          }
        />
      )}
      <Button className="act" loading={replay.isPending} onClick={() => replay.mutate(undefined)}>
        重新核对一遍
      </Button>
    </>
  );
}

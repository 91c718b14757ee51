import { Button, Input, Radio, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { EntryPreview } from './EntryPreview.tsx';
import { useOptions } from './useOptions.ts';
import { type Difference, type Option, REFRESH } from './words.ts';

/** The way that is most likely meant: what the kind says; else none, so that nobody proposes by habit. */
const LIKELY: Record<string, string> = { interest: 'interest', bankFee: 'bankFee', timing: 'timing' };

/** 提出处理办法: each way that fits, the entry it would post seen before it is proposed; booked only when another confirms. */
export function Resolve({ of: { id, kind, side } }: { of: Difference }) {
  const { data, error, refetch } = useOptions(id);
  const [as, setAs] = useState<string>();
  const [note, setNote] = useState('');
  const resolve = useAct(
    (option: Option) =>
      ask(
        api.differences[':id'].resolve.$post({
          param: { id },
          json: { as: option.as as never, ...(note.trim() ? { note: note.trim() } : {}) },
        }),
      ),
    {
      done: ({ status }) => (status === 'explained' ? '已说明为在途' : '已提出，待另一人复核后入账'),
      refresh: REFRESH,
    },
  );
  if (!data) return error ? <ProblemAlert error={error} retry={refetch} /> : <Skeleton active />;
  if (data.options.length === 0)
    return (
      <p className="hint-line">
        这类差异不能直接入账：请先登记真实的业务（如补偿、回款、出资），或在工作台把两边的款项人工核对。
      </p>
    );
  const chosen = data.options.find((option) => option.as === (as ?? LIKELY[kind]));
  return (
    <>
      <ProblemAlert error={resolve.error} />
      {side === 'bank' && !LIKELY[kind] && (
        <p className="hint-line">
          已经知道是出资、回款、拨付、退票的，请先登记真实的业务，再重新对账，会自行核对上；一时查不明的来款转待查款项。
        </p>
      )}
      <Radio.Group
        aria-label="处理办法"
        value={chosen?.as}
        options={data.options.map(({ as: value, label }) => ({ value, label }))}
        onChange={({ target }) => setAs(target.value)}
      />
      {chosen && <EntryPreview of={chosen} />}
      <Space wrap className="act">
        <Input
          aria-label="说明"
          placeholder="说明（可不填），如：三季度结息单已核"
          style={{ width: 320 }}
          maxLength={200}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <Button
          type="primary"
          disabled={!chosen}
          loading={resolve.isPending}
          onClick={() => chosen && resolve.mutate(chosen)}
        >
          {chosen?.lines.length === 0 ? '说明为在途' : '提出，交他人复核'}
        </Button>
      </Space>
    </>
  );
}

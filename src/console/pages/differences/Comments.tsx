import { Button, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import type { Difference } from './words.ts';

/** What was asked and found out about a difference, in order, kept for whoever looks into it later. */
export function Comments({ of: { id, comments } }: { of: Difference }) {
  const me = useMe();
  const [text, setText] = useState('');
  const add = useAct(() => ask(api.differences[':id'].comments.$post({ param: { id }, json: { text: text.trim() } })), {
    done: '已填写',
    refresh: ['differences'],
  });
  return (
    <section>
      <h2>说明（{comments.length}）</h2>
      {comments.length > 0 && (
        <ul className="todos">
          {comments.map(({ text: said, writtenBy, writtenOn }, i) => (
            <li key={i}>
              <span>{said}</span>
              <span className="hint">
                {writtenBy ?? '—'}　{writtenOn}
              </span>
            </li>
          ))}
        </ul>
      )}
      {may(me, 'difference.resolve') && (
        <div className="act no-print narrow">
          <ProblemAlert error={add.error} />
          <Input.TextArea
            rows={2}
            maxLength={500}
            aria-label="填写说明"
            placeholder="查问的情况，如：已电话询问付款银行，待回复"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Button
            className="act"
            disabled={text.trim() === ''}
            loading={add.isPending}
            onClick={() => add.mutate(undefined, { onSuccess: () => setText('') })}
          >
            填写说明
          </Button>
        </div>
      )}
    </section>
  );
}

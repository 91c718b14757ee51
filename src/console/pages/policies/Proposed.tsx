import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { ReasonDialog } from '../registrations/ReasonDialog.tsx';
import { PreviewResult } from './PreviewResult.tsx';
import type { Version } from './types.ts';

/** A proposed version: what it would change, and its approval or refusal by another person, or its withdrawal by who proposed it. */
export function Proposed({ version }: { version: Version }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [refusing, setRefusing] = useState(false);
  const id = version.id!;
  const refresh = ['policies', 'home'];
  const of = api['policy-versions'][':id'];
  const approve = useAct(() => ask(of.approve.$post({ param: { id } })), {
    done: '已复核通过，自施行日起适用',
    refresh,
  });
  const refuse = useAct((reason: string) => ask(of.refuse.$post({ param: { id }, json: { reason } })), {
    done: '已退回',
    refresh,
  });
  const withdraw = useAct(() => ask(of.withdraw.$post({ param: { id } })), { done: '已撤回', refresh });
  const preview = useAct(() => ask(of.preview.$post({ param: { id } })));
  const confirm = () =>
    askFirst({
      title: `复核通过，自 ${version.effectiveFrom} 起改为「${version.text}」？`,
      content: '通过后按施行日适用于各资金池，不能撤销，只能另提新版本。',
      okText: '复核通过',
      act: approve,
    });
  return (
    <Alert
      className="proposed"
      type="warning"
      showIcon
      title={`待复核：自 ${version.effectiveFrom} 起改为「${version.text}」`}
      description={
        <>
          <p>
            {version.proposedByName ?? '—'} 提出，依据 {version.citation.document} {version.citation.article}
            {version.citation.source && `。来源说明：${version.citation.source}`}
          </p>
          <ProblemAlert error={approve.error ?? withdraw.error ?? preview.error} />
          <Space wrap className="no-print">
            {may(me, 'policy.preview') && (
              <Button loading={preview.isPending} onClick={() => preview.mutate()}>
                看看会改变什么
              </Button>
            )}
            {version.own && (
              <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
                撤回
              </Button>
            )}
            {!version.own && may(me, 'policy.approve') && (
              <>
                <Button type="primary" loading={approve.isPending} onClick={confirm}>
                  复核通过
                </Button>
                <Button danger onClick={() => setRefusing(true)}>
                  退回
                </Button>
              </>
            )}
            {version.own && <span className="hint">须由他人复核</span>}
          </Space>
          {preview.data && <PreviewResult preview={preview.data} />}
          <ReasonDialog
            title={`退回「${version.text}」`}
            open={refusing}
            busy={refuse.isPending}
            error={refuse.error}
            onClose={() => setRefusing(false)}
            onReason={(reason) => refuse.mutate(reason, { onSuccess: () => setRefusing(false) })}
          />
        </>
      }
    />
  );
}

import { Button } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { Papers } from '../documents/Papers.tsx';

/** 年度汇总表 of a budget: issued as it stands, to be signed and sealed; the same again while nothing has changed. */
export function YearPaper({ code }: { code: string }) {
  const me = useMe();
  const issue = useAct(() => ask(api.budgets[':code'].summary.$post({ param: { code } })), {
    done: '年度汇总表已出具',
    refresh: ['documents'],
  });
  return (
    <>
      <Papers subject={`subsidyBudget:${code}`} />
      <ProblemAlert error={issue.error} />
      {may(me, 'subsidy.summarise') && (
        <Button size="small" className="no-print act" loading={issue.isPending} onClick={() => issue.mutate(undefined)}>
          出具年度汇总表
        </Button>
      )}
    </>
  );
}

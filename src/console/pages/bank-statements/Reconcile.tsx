import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { periodOf, periodsBetween } from '../../../calendar/settlement-period.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { may, useMe } from '../../session.ts';
import { REFRESH } from '../reconciliations/run.ts';
import type { Statement } from './types.ts';

/** From a statement that was read on to its months: each is reconciled in turn; a single one opens its workbench. */
export function Reconcile({ statement: { poolCode, accountNo, from, to } }: { statement: Statement }) {
  const me = useMe();
  const go = useNavigate();
  const queries = useQueryClient();
  const [at, setAt] = useState<string>();
  const [error, setError] = useState<unknown>();
  const months = periodsBetween(periodOf(from), periodOf(to));
  if (!may(me, 'reconciliation.run')) return null;
  const [first, last] = [months[0]!, months.at(-1)!];
  const run = async () => {
    setError(undefined);
    try {
      let id = '';
      for (const period of months) {
        setAt(period);
        ({ id } = await ask(api.reconciliations.$post({ json: { poolCode, accountNo, period } })));
      }
      for (const word of REFRESH) void queries.invalidateQueries({ queryKey: [word] });
      go(months.length === 1 ? `/reconciliations/${id}` : `/reconciliations?year=${last.slice(0, 4)}`);
    } catch (caught) {
      setError(caught);
    }
    setAt(undefined);
  };
  return (
    <>
      <Button type="primary" loading={at !== undefined} onClick={() => void run()}>
        {at ? `正在核对 ${at}……` : first === last ? `核对 ${last}` : `逐月核对 ${first} 至 ${last}`}
      </Button>
      <ProblemAlert error={error} />
    </>
  );
}

import { api, ask, type Cite } from '../api.ts';
import { useAsk } from './useAsk.ts';

/** A clause of a pool's document as it holds today. */
export interface HeldClause<V> {
  /** its value, as the clause's own schema has it */
  value: V | null;
  text: string | null;
  cites: Cite[];
}

/** The clauses of a pool's document today, by the end of their ids, e.g. `clause<Refund>('refund')`; nothing of them while they are asked for. */
export function useClauses(poolCode: string | undefined) {
  const pool = useAsk(
    ['pools', poolCode, 'now'],
    () => ask(api.pools[':id'].$get({ param: { id: poolCode! }, query: {} })),
    {
      enabled: poolCode !== undefined,
    },
  );
  const policyCode = pool.data?.policyCode;
  const { data } = useAsk(
    ['policies', 'of', policyCode],
    () => ask(api.policies.$get({ query: { policyCode: policyCode! } })),
    { enabled: policyCode !== undefined },
  );
  return {
    pool: pool.data,
    ready: data !== undefined,
    clause<V>(name: string): HeldClause<V> | undefined {
      const found = data?.items.find(({ id }) => id === `${policyCode}.${name}`);
      return (
        found && { value: found.value as V | null, text: found.text, cites: found.citation ? [found.citation] : [] }
      );
    },
  };
}

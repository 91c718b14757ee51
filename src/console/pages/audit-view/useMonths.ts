import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** Every month of a year that is over, of every pool, with how it was settled, reconciled and closed. */
export function useMonths(year: string) {
  const { data, error, refetch } = useAsk(['closing', 'audit', year], () =>
    ask(api.closings.$get({ query: { year, limit: '500', sort: 'poolCode,period' } })),
  );
  return { items: data?.items, error, refetch };
}

import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** The batches that applications were handed in for, and the schemes they are of as choices. */
export function useSchemes() {
  const { data, error, refetch } = useAsk(['subsidy-boards'], () => ask(api['subsidy-boards'].$get({ query: {} })));
  const batches = data?.items ?? [];
  const schemes = [...new Map(batches.map(({ scheme, schemeTitle }) => [scheme, schemeTitle]))];
  return {
    ...{ batches, ready: data !== undefined, error, refetch },
    schemes: schemes.map(([value, label]) => ({ value, label })),
  };
}

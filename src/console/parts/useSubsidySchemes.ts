import { api, ask } from '../api.ts';
import { useAsk } from './useAsk.ts';

/** The subsidy schemes in force today, also those that nobody has applied under yet. */
export function useSubsidySchemes() {
  const { data, error, refetch } = useAsk(['subsidy-schemes'], () => ask(api['subsidy-schemes'].$get()));
  return { schemes: (data?.items ?? []).filter(({ inForce }) => inForce), error, refetch };
}

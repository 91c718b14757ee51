import type { InferResponseType } from 'hono/client';
import { api, ask } from '../api.ts';
import { useAsk } from './useAsk.ts';

export type SubsidyScheme = InferResponseType<(typeof api)['subsidy-schemes']['$get'], 200>['items'][number];

/** The subsidy schemes in force today, also those that nobody has applied under yet. */
export function useSubsidySchemes() {
  const { data, error, refetch } = useAsk(['subsidy-schemes'], () => ask(api['subsidy-schemes'].$get()));
  return { schemes: (data?.items ?? []).filter(({ inForce }) => inForce), error, refetch };
}

import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import type { AccountYear } from './run.ts';

export type Account = AccountYear;

/** The pools' deposit accounts with the months of a year, the present one where none is named. */
export function useYear(year?: string) {
  const { today } = useMe();
  const asked = year ?? today.slice(0, 4);
  return useAsk(['reconciliation-months', asked], () =>
    ask(api['reconciliation-months'].$get({ query: { year: asked } })),
  );
}

/** The pools' deposit accounts; none while they are asked for. */
export const useAccounts = (): Account[] => useYear().data?.items ?? [];

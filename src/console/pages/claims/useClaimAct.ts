import { useQueryClient } from '@tanstack/react-query';
import { useAct } from '../../parts/useAct.ts';

/** What an act on a claim changes: the claim, its loan and pool, the first pages, the papers and the books. */
const CHANGED = ['claims', 'recoveries', 'loans', 'pools', 'home', 'documents', 'portfolio', 'ledger', 'suspensions'];

/** One act on a claim; says `done` and has every page that shows it look again. */
export const useClaimAct = <I, T>(act: (input: I) => Promise<T>, done: string) =>
  useAct(act, { done, refresh: CHANGED });

/** Has every page that shows a claim look again. */
export function useClaimChanged(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const word of CHANGED) void queries.invalidateQueries({ queryKey: [word] });
  };
}

import { useQueries } from '@tanstack/react-query';
import { api, ask } from '../../api.ts';
import { may, useMe } from '../../session.ts';
import type { Board } from '../pools/board.ts';

/** The boards of some pools, which say what month comes next and what it lacks; none for those who may not read the books. */
export function useBoards(pools: string[]): Map<string, Board> {
  const enabled = may(useMe(), 'ledger.read');
  const answers = useQueries({
    queries: pools.map((id) => ({
      queryKey: ['pools', id, 'board'],
      queryFn: () => ask(api.pools[':id'].board.$get({ param: { id } })),
      enabled,
      // What a month lacks is sent by others: asked anew whenever the page is opened, and while it stays open.
      ...{ staleTime: 0, refetchInterval: 30_000 },
    })),
  });
  return new Map(answers.flatMap(({ data }) => (data ? [[data.pool.code, data] as const] : [])));
}

import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';

/** Asks the API and keeps the answer: `useAsk(['pool', code], () => ask(api.pools[':id'].$get(…)))`. Invalidate by the first word of the key. */
export function useAsk<T>(
  key: QueryKey,
  question: () => Promise<T>,
  options: { enabled?: boolean; refetchInterval?: UseQueryOptions<T>['refetchInterval'] } = {},
) {
  return useQuery({ queryKey: key, queryFn: question, ...options });
}

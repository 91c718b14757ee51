import type { InferResponseType } from 'hono/client';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

export type FilingItem = InferResponseType<(typeof api)['loan-filings']['$get'], 200>['items'][number];

/** What the list shows and its address may carry into a filing's page. */
const CARRIED = ['poolCode', 'bankCode', 'from', 'to', 'q', 'sort'] as const;
/** As many as one works through at a time; the API's largest page. */
const MOST = 500;

/** What waits first: received first, so due first. */
export const FIRST_DUE = 'filedOn,id';

/** The filters of the list in an address, to go through the same filings one by one. */
export function carriedOf(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries(CARRIED.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));
}

/** The filings that wait, in the order of the list one came from, and where among them `id` stands; one that was decided meanwhile is not among them. */
export function useQueue(search: URLSearchParams, id: string) {
  const carried = carriedOf(search);
  const { data } = useAsk(['loan-filings', 'queue', carried], () =>
    ask(
      api['loan-filings'].$get({
        query: { sort: FIRST_DUE, ...carried, status: 'submitted', limit: `${MOST}` } as Record<string, string>,
      }),
    ),
  );
  const ids = data?.items.map((item) => item.id) ?? [];
  const at = ids.indexOf(id);
  return {
    total: data?.total ?? 0,
    at,
    previous: at > 0 ? ids[at - 1] : undefined,
    // From one that is no longer waiting the next is the first that waits.
    next: at < 0 ? ids[0] : ids[at + 1],
  };
}

import { NEXT_STEPS } from '../../../compensation/claim-steps.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { type Me, useMe } from '../../session.ts';

/** What the list shows and its address may carry into a claim's page. */
const CARRIED = ['poolCode', 'bankCode', 'from', 'to', 'q', 'sort'] as const;
/** As many as one works through at a time; the API's largest page. */
const MOST = 500;

/** What has waited longest first. */
export const FIRST_DUE = 'waitingSince,id';

/** Whether any step of a claim is the person's to take. */
export const handlesClaims = ({ role }: Pick<Me, 'role'>): boolean =>
  Object.values(NEXT_STEPS).some((next) => next.role === role);

/** Which claims the list at an address shows: one's own to-do, or all. Reviewers and finance begin with the former. */
export function viewOf(search: URLSearchParams, me: Pick<Me, 'role'>): 'todo' | 'all' {
  if (!handlesClaims(me)) return 'all';
  const chosen = search.get('view');
  if (chosen === 'todo' || chosen === 'all') return chosen;
  return me.role === 'bank' || search.has('status') ? 'all' : 'todo';
}

/** The filters of the list in an address, to go through the same claims one by one. */
export function carriedOf(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries(CARRIED.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));
}

/** The claims that wait for the person, in the order of the list one came from, and where among them `id` stands. */
export function useQueue(search: URLSearchParams, id: string) {
  const carried = carriedOf(search);
  const enabled = handlesClaims(useMe());
  const { data } = useAsk(
    ['claims', 'queue', carried],
    () =>
      ask(
        api.claims.$get({
          query: { sort: FIRST_DUE, ...carried, todo: 'mine', limit: `${MOST}` } as Record<string, string>,
        }),
      ),
    { enabled },
  );
  const ids = data?.items.map((item) => item.id) ?? [];
  const at = ids.indexOf(id);
  return {
    total: data?.total ?? 0,
    at,
    previous: at > 0 ? ids[at - 1] : undefined,
    // From one that does not wait for the person the next is the first that does.
    next: at < 0 ? ids[0] : ids[at + 1],
  };
}

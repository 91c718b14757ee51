import { NEXT_STEPS } from '../../../subsidies/steps.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { type Me, useMe } from '../../session.ts';

/** What the list shows and its address may carry into an application's page. */
const CARRIED = ['scheme', 'year', 'batchNo', 'kind', 'poolCode', 'eligible', 'q', 'sort'] as const;
/** As many as one works through at a time; the API's largest page. */
const MOST = 500;

/** What has waited longest first. */
export const FIRST_COME = 'appliedOn,receivedNo';

/** Whether any step of an application is the person's to take. */
export const handlesSubsidies = ({ role }: Pick<Me, 'role'>): boolean =>
  Object.values(NEXT_STEPS).some(({ roles }) => (roles as readonly string[]).includes(role));

/** Which applications the list at an address shows: one's own to-do, or all. Reviewers and finance begin with the former. */
export function viewOf(search: URLSearchParams, me: Pick<Me, 'role'>): 'todo' | 'all' {
  if (!handlesSubsidies(me)) return 'all';
  const chosen = search.get('view');
  if (chosen === 'todo' || chosen === 'all') return chosen;
  return search.has('status') ? 'all' : 'todo';
}

/** The filters of the list in an address, to go through the same applications one by one. */
function carriedOf(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries(CARRIED.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));
}

/** The applications that wait for the person, in the order of the list one came from, and where among them `id` stands. */
export function useQueue(search: URLSearchParams, id: string) {
  const carried = carriedOf(search);
  const enabled = handlesSubsidies(useMe());
  const { data } = useAsk(
    ['subsidy-applications', 'queue', carried],
    () =>
      ask(
        api['subsidy-applications'].$get({
          query: { sort: FIRST_COME, ...carried, todo: 'mine', limit: `${MOST}` } as Record<string, string>,
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

import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';

/** What the calendars lack; only told to those who keep them. */
export function useOverview() {
  const enabled = may(useMe(), 'calendar.write');
  return useAsk(['calendars', 'overview'], () => ask(api.calendars.$get()), { enabled }).data;
}

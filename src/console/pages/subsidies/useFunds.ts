import { api, ask } from '../../api.ts';
import type { ApplicationItem } from '../../parts/subsidy/types.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** Where the money of an application stands, line by line: granted, kept, paid, claimed back; asked once there can be any. */
export const useFunds = ({ id, granted, status }: Pick<ApplicationItem, 'id' | 'granted' | 'status'>) =>
  useAsk(
    ['subsidy-applications', id, 'funds'],
    () => ask(api['subsidy-applications'][':id'].funds.$get({ param: { id } })),
    { enabled: granted !== null || status === 'published' },
  );

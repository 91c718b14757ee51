import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** What may be done about a difference, with the entry of each way; asked anew whenever it is looked at, since the books go on. */
export const useOptions = (id: string) =>
  useAsk(['differences', id, 'options'], () => ask(api.differences[':id'].options.$get({ param: { id } })));

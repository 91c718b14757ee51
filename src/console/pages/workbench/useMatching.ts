import { api, ask } from '../../api.ts';
import { useAct } from '../../parts/useAct.ts';
import { REFRESH, type Run } from '../reconciliations/run.ts';
import { type Item, placeOf } from './desk.ts';

interface Chosen {
  bank: Item[];
  ledger: Item[];
  reason: string;
}

/** What a person does to the two sides: says that some belong together, takes that back, has all looked at again. */
export function useMatching({ poolCode, accountNo, period }: Run) {
  const match = useAct(
    ({ bank, ledger, reason }: Chosen) =>
      ask(
        api['bank-matches'].$post({
          json: {
            ...{ poolCode, accountNo, reason },
            lineIds: bank.map(({ id }) => id),
            legs: ledger.map(({ id }) => placeOf(id)),
          },
        }),
      ),
    { done: '已核对', refresh: REFRESH },
  );
  const undo = useAct(
    ({ id, reason }: { id: string; reason: string }) =>
      ask(api['bank-matches'][':id'].undo.$post({ param: { id }, json: { reason } })),
    { done: '已取消核对', refresh: REFRESH },
  );
  const again = useAct(() => ask(api.reconciliations.$post({ json: { poolCode, accountNo, period } })), {
    refresh: REFRESH,
  });
  return { match, undo, again };
}

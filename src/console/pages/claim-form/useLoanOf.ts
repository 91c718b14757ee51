import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';

/** The loan a claim is for, with its filing. */
export function useLoanOf(id: string | undefined) {
  const enabled = id !== undefined;
  const loan = useAsk(['loans', id], () => ask(api.loans[':id'].$get({ param: { id: id! } })), { enabled });
  const filing = useAsk(['loan-filings', id], () => ask(api['loan-filings'][':id'].$get({ param: { id: id! } })), {
    enabled,
  });
  return { loan: loan.data, filing: filing.data, error: loan.error ?? filing.error };
}

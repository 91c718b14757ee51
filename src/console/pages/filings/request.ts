import type { FilingRequest } from './types.ts';

const FIELDS = [
  ...([
    'poolCode',
    'enterpriseUscc',
    'contractNo',
    'dueBillNo',
    'principal',
    'countedPrincipal',
    'annualRate',
  ] as const),
  ...(['disbursedOn', 'maturesOn', 'dayCountBasis', 'repaymentMethod', 'guaranteeMode', 'firstLoan'] as const),
  ...(['purpose', 'purposeText', 'renewsContractNo', 'accountNo'] as const),
] satisfies (keyof FilingRequest)[];

/** What the next loan of the same hand most often has in common with this one. */
export const KEPT_FOR_NEXT = ['poolCode', 'dayCountBasis', 'repaymentMethod', 'disbursedOn', 'firstLoan'] as const;

/** What is sent of a form or of an earlier filing: the API's fields only, nothing that is empty; a text for the purpose only where it is another. */
export function requestOf(given: object): FilingRequest {
  const values = given as FilingRequest;
  const filled = FIELDS.filter((name) => values[name] !== undefined && values[name] !== null && values[name] !== '');
  const wanted = filled.filter((name) => name !== 'purposeText' || values.purpose === 'other');
  return Object.fromEntries(wanted.map((name) => [name, values[name]])) as FilingRequest;
}

import { addDays } from '../../../calendar/local-date.ts';
import { lastDay } from '../../../calendar/settlement-period.ts';
import type { Loan } from '../loans/types.ts';
import type { ClaimRequest, Given } from './types.ts';

/** What a claim for a loan begins with: what it still owes, what its latest report says of it, and that its bank is paid. */
export function prefilled(loan: Loan, bankName: string): Given {
  const { dueBillNo, outstandingPrincipal, classification, overdueDays, lastReportPeriod } = loan;
  const reported = lastReportPeriod !== null;
  const overdue = reported && overdueDays > 0;
  return {
    ...{
      dueBillNo,
      unpaidPrincipal: outstandingPrincipal,
      payee: { accountName: bankName, bankName: '', accountNo: '' },
    },
    ...(reported ? { classification: classification as Given['classification'] } : {}),
    ...(overdue ? { overdueSince: addDays(lastDay(lastReportPeriod), -overdueDays) } : {}),
  };
}

/**
 * What is sent: nothing that is empty. A class as it was reported is left to the reports, which also say since when; what came with the claim from
 * elsewhere and has no field here stays.
 */
export function requestOf(given: Given, before: Given, loan: Loan): ClaimRequest {
  const all: Given = { ...before, ...given, dueBillNo: loan.dueBillNo };
  if (all.classification === loan.classification && !all.classifiedOn) all.classification = undefined;
  const { accountNo } = all.payee ?? {};
  all.payee = accountNo ? { ...all.payee!, accountNo: accountNo.replaceAll(' ', '') } : undefined;
  return filled(all) as ClaimRequest;
}

/** Without what is empty, also within. */
function filled(value: object): object {
  const kept = Object.entries(value).flatMap(([name, one]) => {
    if (one === undefined || one === null || one === '' || (Array.isArray(one) && one.length === 0)) return [];
    if (typeof one !== 'object' || Array.isArray(one)) return [[name, one]];
    const inner = filled(one);
    return Object.keys(inner).length > 0 ? [[name, inner]] : [];
  });
  return Object.fromEntries(kept);
}

/** Firms of 平罗, of a cap of 5,000,000.00 each. */
export const FIRM = '91640221MA9006026Y';
export const OTHER_FIRM = '91640221MA268596X8';

/** Makes filings of 平罗 as a bank's system sends them, sound on 2026-04-10, each with numbers of its own. */
export function pingluoFilings() {
  let made = 0;
  return (change: Record<string, unknown> = {}) => {
    const no = `${++made}`.padStart(4, '0');
    return {
      ...{ poolCode: 'pingluo', enterpriseUscc: FIRM, contractNo: `HT${no}`, dueBillNo: `JJ${no}` },
      ...{ principal: '500000.00', countedPrincipal: '400000.00', annualRate: '3.85', disbursedOn: '2026-02-22' },
      ...{ maturesOn: '2026-11-22', dayCountBasis: 'actual360', repaymentMethod: 'monthlyInterest' },
      ...{ guaranteeMode: 'credit', firstLoan: false, purpose: 'materials', ...change },
    };
  };
}

/** The days of every loss in these tests: lent in February, due on 22 May and unpaid, 91 days overdue on 21 August. */
export const DAYS = {
  filed: '2026-04-10',
  due: '2026-05-22',
  happened: '2026-08-21',
  claimed: '2026-09-01',
  last: '2026-12-19',
};

/** A claim for a loan as its bank sends it on 1 September, sound in everything. */
export function claimFor(dueBillNo: string, unpaidPrincipal: string, change: Record<string, unknown> = {}) {
  return {
    ...{ dueBillNo, unpaidPrincipal, overdueSince: DAYS.due, classification: 'substandard' },
    ...{ classifiedOn: DAYS.happened, demandedOn: DAYS.happened, ...change },
  };
}

/** Codes of the papers that a claim for a loan without a guarantor needs. */
export const PAPERS = ['application', 'loanContract', 'debtor', 'useProof', 'demand', 'vouchers', 'account'];

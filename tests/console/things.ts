let made = 0;

/** A filing that passes the checks, of an enterprise to a pool; each with numbers of its own. `disbursedOn` is in the demonstration's last month. */
export function filingFor(enterpriseUscc: string, poolCode: string) {
  made += 1;
  return {
    ...{ poolCode, enterpriseUscc, contractNo: `CS-HT-${made}`, dueBillNo: `CS-JJ-${made}` },
    ...{ principal: '300000.00', countedPrincipal: '300000.00', annualRate: '3.45' },
    ...{ disbursedOn: '2026-11-16', maturesOn: '2027-11-15', dayCountBasis: 'actual360' },
    ...{ repaymentMethod: 'monthlyInterest', guaranteeMode: 'credit', firstLoan: false, purpose: 'rnd' },
  };
}

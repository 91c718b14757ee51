/** Examples by the field's name, so that a request reads like a real one: dates in order, amounts that go together. */
export const EXAMPLES: Record<string, unknown> = {
  ...{ uscc: '91350100M000100Y43', enterpriseUscc: '91350100M000100Y43', poolCode: 'pool-a', policyCode: 'policy-a' },
  ...{
    code: 'unit-a',
    institutionCode: 'bank-a',
    bankCode: 'bank-a',
    contributor: 'unit-a',
    cooperatingUnit: 'unit-a',
  },
  ...{ matchingUnit: 'unit-b', contractNo: 'JK20260001', dueBillNo: 'JJ202600000001', repaymentNo: 'HK20260001' },
  ...{ receiptNo: '202600000001', accountNo: '6222000000000000001', certificateNo: 'GR202600000001' },
  ...{ principal: '3000000.00', countedPrincipal: '2400000.00', outstandingPrincipal: '2750000.00' },
  ...{ principalRepaid: '250000.00', interestPaid: '8364.58', disbursedOn: '2026-04-08', maturesOn: '2027-04-08' },
  ...{ regions: ['示例县'], registeredIn: '示例市', legalRepresentative: '张三', overdueDays: 0, paidOff: false },
  ...{ year: 2027, staff: 86, clauseId: 'policy-a.leverage', effectiveFrom: '2027-01-01', expiresOn: '2027-12-31' },
  ...{ validFrom: '2026-01-01', validTo: '2028-12-31', off: ['2027-01-01'], worked: ['2027-02-20'], oneYear: '3.00' },
  ...{ fivePlus: '3.50', month: '2026-04', publishedOn: '2026-04-20', confirmed: true, days: 3 },
};

import { describe, expect, it } from 'vitest';
import { type BeforeReport, prefilledLine } from '../../src/loans/prefill.ts';
import { expectedInMonth } from '../../src/loans/schedule.ts';
import { money, toWire, ZERO } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';

const terms: BeforeReport['terms'] = {
  ...{ principal: money('1200000.00'), annualRate: ratePercent('3.60'), dayCountBasis: 'actual360' },
  ...{ disbursedOn: '2026-01-15', maturesOn: '2027-01-15', repaymentMethod: 'equalPrincipal' },
};
const loan = (other: Partial<BeforeReport>): BeforeReport => ({
  ...{ outstanding: money('600000.00'), overdueDays: 0, lastReportPeriod: '2026-07', repaidInMonth: ZERO, terms },
  ...other,
});
const wire = (other: Partial<BeforeReport>) => {
  const { outstanding, repaid, interest, overdueDays } = prefilledLine(loan(other), '2026-08');
  return [toWire(outstanding), toWire(repaid), toWire(interest), overdueDays];
};

describe('余额月报底稿', () => {
  const interest = toWire(expectedInMonth(terms, '2026-08').interest);
  it.each([
    ['an instalment is paid as the contract says', {}, ['500000.00', '100000.00', interest, 0]],
    [
      'what was told already is not taken off twice',
      { outstanding: money('560000.00'), repaidInMonth: money('40000.00') },
      ['500000.00', '100000.00', interest, 0],
    ],
    [
      'more than the instalment stays as told',
      { outstanding: money('300000.00'), repaidInMonth: money('300000.00') },
      ['300000.00', '300000.00', interest, 0],
    ],
    ['no more is repaid than is owed', { outstanding: money('70000.00') }, ['0.00', '70000.00', interest, 0]],
    [
      'an overdue loan stays unpaid, for as many days more as the month has',
      { overdueDays: 110 },
      ['600000.00', '0.00', '0.00', 141],
    ],
    [
      'an overdue loan never reported keeps its days',
      { overdueDays: 5, lastReportPeriod: null },
      ['600000.00', '0.00', '0.00', 5],
    ],
  ] as [string, Partial<BeforeReport>, unknown[]][])('%s', (_, other, expected) => {
    expect(wire(other)).toEqual(expected);
  });
});

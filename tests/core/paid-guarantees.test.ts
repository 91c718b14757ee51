import { describe, expect, test } from 'vitest';
import { type PaidGuarantee, paidThrough, reguaranteeDues } from '../../src/guarantee/paid.ts';
import { Exact } from '../../src/money/money.ts';

const guarantee = (of: Partial<PaidGuarantee>, ...paid: [on: string, amount: string][]): PaidGuarantee => ({
  ...{
    loanId: 1n,
    role: 'guarantor',
    party: 'db',
    bank: 'bank',
    percent: new Exact(40),
    since: '2026-04-01',
    until: null,
  },
  ...of,
  paid: paid.map(([on, amount]) => ({ on, amount: new Exact(amount) })),
});
const re = (of: Partial<PaidGuarantee> = {}, ...paid: [string, string][]) =>
  guarantee({ role: 'reguarantor', party: 'zdb', percent: new Exact(30), ...of }, ...paid);
const dues = (all: PaidGuarantee[], day: string) =>
  reguaranteeDues(all, day).map((d) => `${d.from} → ${d.to} ${d.arisen.toFixed(2)} − ${d.paid.toFixed(2)}`);

describe('What a re-guarantor owes a guarantor that has paid', () => {
  test('is its percentage against the guarantor’s of what was paid, rounded once over all payments', () => {
    const all = [guarantee({}, ['2026-05-10', '100.01'], ['2026-06-10', '100.01']), re()];
    expect(dues(all, '2026-05-09')).toEqual([]);
    expect(dues(all, '2026-05-10')).toEqual(['zdb → db 75.01 − 0.00']);
    expect(dues(all, '2026-06-30')).toEqual(['zdb → db 150.02 − 0.00']);
  });
  test('is met by its own payments, and never by more than is due', () => {
    const all = [guarantee({}, ['2026-05-10', '400.00']), re({}, ['2026-05-20', '120.00'], ['2026-06-20', '200.00'])];
    expect(dues(all, '2026-05-31')).toEqual(['zdb → db 300.00 − 120.00']);
    expect(dues(all, '2026-06-30')).toEqual(['zdb → db 300.00 − 300.00']);
  });
  test('goes down again when the payment is taken back', () => {
    const all = [guarantee({}, ['2026-05-10', '400.00'], ['2026-06-02', '-400.00']), re()];
    expect(dues(all, '2026-05-31')).toEqual(['zdb → db 300.00 − 0.00']);
    expect(dues(all, '2026-06-30')).toEqual([]);
  });
  test('is of several guarantors of a loan each its part', () => {
    const other = guarantee({ party: 'db2', percent: new Exact(20) }, ['2026-05-12', '60.00']);
    const all = [guarantee({}, ['2026-05-10', '120.00']), other, re({}, ['2026-05-20', '70.00'])];
    expect(dues(all, '2026-05-31')).toEqual(['zdb → db 60.00 − 60.00', 'zdb → db2 30.00 − 10.00']);
  });
  test('counts only what was paid while it stood behind it, and nothing of other loans', () => {
    const paid = guarantee({}, ['2026-05-10', '40.00'], ['2026-06-10', '40.00'], ['2026-07-10', '40.00']);
    const all = [paid, re({ since: '2026-06-01', until: '2026-07-01' }), re({ loanId: 2n, party: 'zdb2' })];
    expect(dues(all, '2026-12-31')).toEqual(['zdb → db 30.00 − 0.00']);
  });
});

test('Paid in all: a guarantor pays the bank, its re-guarantor the guarantor, an insurer the bank', () => {
  const insurer = guarantee({ role: 'insurer', party: 'bx' }, ['2026-05-11', '5.00']);
  const all = [guarantee({}, ['2026-05-10', '40.00']), re({}, ['2026-05-20', '30.00']), insurer];
  expect(paidThrough(all, '2026-05-19').map((p) => `${p.party} → ${p.to} ${p.amount.toFixed(2)}`)).toEqual([
    ...['db → bank 40.00', 'bx → bank 5.00'],
  ]);
  expect(paidThrough(all, '2026-05-20').map((p) => p.to)).toEqual(['bank', 'db', 'bank']);
});

import { describe, expect, test } from 'vitest';
import { HOLIDAY_NOTICES } from '../../src/calendar/notices.ts';
import type { ClaimFacts } from '../../src/compensation/claim.ts';
import { checkClaim } from '../../src/compensation/claim-checks.ts';
import type { RepaymentMethod } from '../../src/loans/schedule.ts';
import { money, toWire } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';
import { valueOn } from '../../src/policy/clause.ts';
import { judgeRemittance } from '../../src/policy/kinds/recovery.ts';
import { judgeWriteOff } from '../../src/policy/kinds/write-off.ts';
import { ningkedai2025 as policy } from '../../src/policy/ningkedai-2025/index.ts';
import { POLICIES, policyByCode } from '../../src/policy/register.ts';

const UNPAID = money('2390000.00');
const PAPERS = ['application', 'loanContract', 'debtor', 'useProof', 'demand', 'vouchers', 'account'];

const terms = (repaymentMethod: RepaymentMethod) => ({
  ...{ principal: UNPAID, annualRate: ratePercent('4.35'), disbursedOn: '2025-06-12', maturesOn: '2026-06-12' },
  ...{ dayCountBasis: 'actual360', repaymentMethod },
});

/** The demonstration's claim of 2026-09-14; `change` alters the claim, the loan or what else is known. */
function facts(change: { claim?: object; loan?: object; [more: string]: unknown } = {}): ClaimFacts {
  const { claim, loan, ...more } = change;
  const same = {
    ...{ poolCode: 'pingluo', bankCode: 'shizuishan-bank', enterpriseUscc: '91640221MA0000000X' },
    ...{ contractNo: 'HT-1', dueBillNo: 'SZSJJ202636414424' },
  };
  return {
    claim: {
      ...same,
      ...{ claimedOn: '2026-09-14', enterpriseName: '平罗县某某（科技）有限公司', currency: 'CNY' },
      ...{ unpaidPrincipal: UNPAID, countedUnpaid: UNPAID, requested: money('1912000.00') },
      ...{ legalRepresentative: '张三', papers: PAPERS, payeeName: '石嘴山银行股份有限公司' },
      ...claim,
    },
    loan: {
      ...same,
      ...{ status: 'active', principal: UNPAID, countedPrincipal: UNPAID, outstandingPrincipal: UNPAID },
      ...{
        firstMaturesOn: '2026-06-12',
        extensions: [],
        maturesOn: '2026-06-12',
        guaranteed: false,
        guarantees: [],
        facts: {},
        terms: terms('lumpSum'),
      },
      event: {
        ...{ overdueSince: '2026-06-12', classification: 'substandard', classifiedOn: '2026-09-11' },
        demandedOn: '2026-09-11',
      },
      ...loan,
    },
    enterprise: { name: '平罗县某某(科技)有限公司', representativeAtFiling: '张三' },
    payees: ['石嘴山银行股份有限公司'],
    others: [],
    ...more,
  } as ClaimFacts;
}
const judge = (change?: Parameters<typeof facts>[0]) => checkClaim(policy, facts(change));
const failed = (change?: Parameters<typeof facts>[0]) =>
  judge(change)
    .checks.filter(({ verdict }) => verdict === 'fail')
    .map(({ code }) => code);

describe('principal that is overdue', () => {
  const event = { classification: 'substandard', classifiedOn: '2026-09-11', demandedOn: '2026-09-11' };
  const since = (overdueSince: string) => ({ event: { ...event, overdueSince } });
  const until = { extensions: [{ maturesOn: '2026-06-12', newMaturesOn: '2026-11-20' }], maturesOn: '2026-11-20' };

  test('is not so before the maturity, where it is repaid at maturity', () => {
    for (const method of ['lumpSum', 'monthlyInterest', 'quarterlyInterest'] as const) {
      expect(failed({ loan: { ...since('2026-06-11'), terms: terms(method) } })).toEqual(['NOT_OVERDUE']);
      expect(failed({ loan: { ...since('2026-06-12'), terms: terms(method) } })).toEqual([]);
    }
  });

  test('is not so before the maturity as it was extended, by the articles of the loss event and of the extension', () => {
    const { checks } = judge({ loan: { ...since('2026-06-12'), ...until } });
    const found = checks.find(({ verdict }) => verdict === 'fail')!;
    expect(found.message).toBe('本金展期至 2026-11-20 到期，经同意的展期不属于逾期，2026-06-12 本金没有逾期');
    expect(found.cites).toHaveLength(2);
    expect(failed({ loan: { ...since('2026-11-20'), ...until }, claim: { claimedOn: '2027-02-22' } })).not.toContain(
      'NOT_OVERDUE',
    );
  });

  test('is so by instalments from the first that was not paid', () => {
    const loan = (overdueSince: string, outstanding: string) => ({
      ...since(overdueSince),
      ...{ terms: terms('equalPrincipal'), outstandingPrincipal: money(outstanding) },
    });
    const claim = {
      unpaidPrincipal: money('597499.97'),
      countedUnpaid: money('597499.97'),
      requested: money('478000.00'),
    };
    // Nine of twelve instalments of 199,166.67 were paid: the tenth was due on 12 April.
    expect(failed({ claim, loan: loan('2026-04-11', '597499.97') })).toContain('NOT_OVERDUE');
    expect(failed({ claim, loan: loan('2026-04-12', '597499.97') })).not.toContain('NOT_OVERDUE');
    // What was due last is due at the maturity as it was extended.
    const last = { ...loan('2026-06-12', '199166.63'), ...until };
    expect(failed({ claim, loan: last })).toContain('NOT_OVERDUE');
  });
});

describe('the claim of the demonstration', () => {
  test('passes every check, each with its article, and comes to 1,912,000.00', () => {
    const { checks, shared } = judge();
    expect(checks.map(({ code, verdict }) => `${verdict} ${code}`)).toEqual([
      'pass CURRENCY',
      'pass IDENTITY',
      'pass CLAIMED_ONCE',
      'pass EXTENSION_LINKED',
      'pass PAYEE',
      'pass REPRESENTATIVE',
      'pass LOSS_EVENT',
      'pass CLAIM_WINDOW',
      'pass UNPAID',
      'pass CLAIM_AMOUNT',
      'pass PAPERS',
    ]);
    for (const { cites, message } of checks) {
      expect(cites.length).toBeGreaterThan(0);
      expect(message).toMatch(/\p{Script=Han}/u);
    }
    expect(toWire(shared!.compensation)).toBe('1912000.00');
    expect(checks.find(({ code }) => code === 'LOSS_EVENT')!.message).toContain('2026-09-11');
  });
});

describe('each fault is found by its rule', () => {
  test.each<[string, Parameters<typeof facts>[0], string[]]>([
    ['a name of another firm', { enterprise: { name: '别家有限公司' } }, ['NAME_DIFFERS']],
    ['another code', { claim: { enterpriseUscc: '91640221MA0000001X' } }, ['ENTERPRISE_DIFFERS']],
    ['another contract', { claim: { contractNo: 'HT-2' } }, ['CONTRACT_DIFFERS']],
    ['the wrong pool', { claim: { poolCode: 'yinchuan' } }, ['WRONG_POOL']],
    ['another bank', { claim: { bankCode: 'ningxia-bank' } }, ['WRONG_BANK']],
    ['a loan paid off', { loan: { status: 'paidOff' } }, ['LOAN_CLOSED']],
    ['a filing revoked', { loan: { status: 'revoked' } }, ['LOAN_REVOKED']],
    ['a loan compensated before', { loan: { status: 'compensated' } }, ['ALREADY_COMPENSATED']],
    ['a second claim', { others: [{ id: '7', status: 'submitted' }] }, ['CLAIM_DUPLICATE']],
    ['the wrong currency', { claim: { currency: 'USD' } }, ['CURRENCY_NOT_CNY']],
    ['the last day of the window', { claim: { claimedOn: '2027-01-09' } }, []],
    ['the day after it', { claim: { claimedOn: '2027-01-10' } }, ['CLAIM_LATE']],
    ['a loss that has not happened', { loan: { event: { classification: 'specialMention' } } }, ['LOSS_EVENT_NOT_YET']],
    ['a claim before 91 days', { claim: { claimedOn: '2026-09-10' } }, ['LOSS_EVENT_NOT_YET']],
    ['a fen too much', { claim: { requested: money('1912000.01') } }, ['CLAIM_AMOUNT_TOO_HIGH']],
    ['a fen too little', { claim: { requested: money('1911999.99') } }, ['CLAIM_AMOUNT_TOO_LOW']],
    ['a wrong base', { claim: { countedUnpaid: money('2390000.01') } }, ['COUNTED_UNPAID_DIFFERS']],
    ['more unpaid than lent', { claim: { unpaidPrincipal: money('2390000.01') } }, ['UNPAID_TOO_HIGH']],
    ['nothing unpaid', { claim: { unpaidPrincipal: money('0.00') } }, ['UNPAID_TOO_LOW']],
    ['a paper lacking', { claim: { papers: PAPERS.slice(1) } }, ['PAPERS_MISSING']],
    ['a ban', { bannedUntil: '2026-09-14' }, ['APPLICANT_BANNED']],
    ['a ban that is over', { bannedUntil: '2026-09-13' }, []],
    // By the maturity that the register has it is not overdue either.
    ['a maturity that nobody filed', { loan: { maturesOn: '2026-12-12' } }, ['EXTENSION_UNLINKED', 'NOT_OVERDUE']],
  ])('%s', (_what, change, codes) => {
    expect(failed(change)).toEqual(codes);
  });

  test('an unknown loan is said to be unknown, and the papers are looked at all the same', () => {
    const { checks } = checkClaim(policy, { ...facts(), loan: undefined });
    expect(checks.filter(({ verdict }) => verdict === 'fail').map(({ code }) => code)).toEqual(['LOAN_UNKNOWN']);
    expect(checks.at(-1)!.code).toBe('PAPERS');
  });

  test('several faults are all told at once', () => {
    const claim = { currency: 'USD', contractNo: 'X', requested: money('9.00'), papers: [] };
    expect(failed({ claim })).toEqual([
      'CURRENCY_NOT_CNY',
      'CONTRACT_DIFFERS',
      'CLAIM_AMOUNT_TOO_LOW',
      'PAPERS_MISSING',
    ]);
  });
});

test('extensions are followed from the first filing', () => {
  const extensions = [{ maturesOn: '2026-03-12', newMaturesOn: '2026-06-12' }];
  expect(failed({ loan: { firstMaturesOn: '2026-03-12', extensions } })).toEqual([]);
  expect(failed({ loan: { firstMaturesOn: '2026-03-13', extensions } })).toEqual(['EXTENSION_UNLINKED']);
});

test('a change of legal representative is for a person to look at, and nothing is said where it is not known', () => {
  const changed = judge({ claim: { legalRepresentative: '李四' } }).checks.find(({ verdict }) => verdict === 'warn');
  expect(changed).toMatchObject({ code: 'REPRESENTATIVE_CHANGED', message: expect.stringContaining('人工复核') });
  const unknown = judge({ enterprise: undefined }).checks.find(({ verdict }) => verdict === 'notChecked');
  expect(unknown?.code).toBe('REPRESENTATIVE_NOT_CHECKED');
});

test('a compensation above 500万 is for a panel', () => {
  const amount = money('7000000.00');
  const loan = { principal: amount, countedPrincipal: amount, outstandingPrincipal: amount };
  const claim = { unpaidPrincipal: amount, countedUnpaid: amount, requested: money('5600000.00') };
  expect(
    judge({ claim, loan })
      .checks.filter(({ verdict }) => verdict === 'warn')
      .map(({ code }) => code),
  ).toEqual(['CLAIM_PANEL']);
});

test('a guaranteed loan needs the guarantee’s papers, too', () => {
  const message = judge({ loan: { guaranteed: true } }).checks.at(-1)!.message;
  expect(message).toBe('缺少代偿审批文件、保证合同、委托担保合同、代偿证明或通知');
});

test('what a programme must know and nobody said fails the claim with the clause and the field', () => {
  const { checks, shared } = checkClaim(policyByCode('zhuhai-2022'), facts());
  expect(shared).toBeUndefined();
  expect(checks.find(({ code }) => code === 'LOSS_FACT_MISSING')).toMatchObject({
    ...{ verdict: 'fail', clause: 'zhuhai-2022.lossShares', field: 'creditShare' },
    cites: [{ document: '《珠海市科技信贷风险补偿金管理办法》' }],
  });
});

test('every policy judges a claim with its own articles', () => {
  for (const other of POLICIES) {
    const { checks } = checkClaim(other, facts());
    expect(
      checks.every(({ clause }) => clause.startsWith(`${other.code}.`)),
      other.code,
    ).toBe(true);
  }
});

describe('clocks', () => {
  const { clocks } = policy.claim;
  const states = (done: Record<string, string>, today: string, submittedOn = '2026-09-14') =>
    clocks
      .apply(valueOn(clocks, submittedOn).value, { submittedOn, done, today, notices: HOLIDAY_NOTICES })
      .map(({ step, dueOn, state }) => `${step} ${dueOn} ${state}`);

  test('of the demonstration: reviewed 09-24 and 10-10, paid 10-15, all in time', () => {
    const done = { countyReview: '2026-09-24', regionalReview: '2026-10-10', payment: '2026-10-15' };
    expect(states(done, '2026-11-20')).toEqual([
      'countyReview 2026-09-28 done',
      'regionalReview 2026-10-22 done',
      'payment 2026-10-23 done',
    ]);
  });

  test('say what is late, and what was done late', () => {
    expect(states({}, '2026-09-28')[0]).toBe('countyReview 2026-09-28 running');
    expect(states({}, '2026-09-29')).toEqual([
      'countyReview 2026-09-28 late',
      'regionalReview null waiting',
      'payment null waiting',
    ]);
    expect(states({ countyReview: '2026-09-29' }, '2026-09-29')[0]).toBe('countyReview 2026-09-28 doneLate');
  });

  test('that run into a year without notice are provisional', () => {
    const all = clocks.apply(valueOn(clocks, '2026-12-25').value, {
      ...{ submittedOn: '2026-12-25', done: {}, today: '2026-12-25', notices: HOLIDAY_NOTICES },
    });
    expect(all[0]).toMatchObject({ provisional: true });
  });
});

test('a remittance after its day is taken, with a warning', () => {
  const { recovery } = policy;
  const version = valueOn(recovery, '2026-09-28');
  const remit = (remittedOn: string) =>
    judgeRemittance(recovery, version, { obtainedOn: '2026-09-28', remittedOn, notices: HOLIDAY_NOTICES });
  expect(remit('2026-10-16')).toMatchObject({ verdict: 'pass', code: 'RECOVERY_REMITTED' });
  expect(remit('2026-10-17')).toMatchObject({ verdict: 'warn', code: 'RECOVERY_REMITTED_LATE', value: '2026-10-17' });
  const far = judgeRemittance(recovery, version, {
    obtainedOn: '2026-12-30',
    remittedOn: '2026-12-31',
    notices: HOLIDAY_NOTICES,
  });
  expect(far.message).toContain('暂按周末推算');
});

describe('a write-off', () => {
  const { writeOff } = policy;
  const version = valueOn(writeOff, '2028-10-15');
  const ask = (change: object) =>
    judgeWriteOff(writeOff, version, {
      ...{ paidOn: '2026-10-15', askedOn: '2028-10-15', panelDecided: false, amount: money('1000000.00') },
      ...change,
    }).map(({ verdict, code }) => `${verdict} ${code}`);

  test.each([
    [{}, ['pass WRITE_OFF']],
    [{ askedOn: '2028-10-14' }, ['fail WRITE_OFF_TOO_EARLY']],
    [{ askedOn: '2027-03-01', courtOrderOn: '2027-03-01' }, ['pass WRITE_OFF']],
    [{ amount: money('1000000.01') }, ['pass WRITE_OFF', 'fail WRITE_OFF_PANEL_NEEDED']],
    [{ amount: money('1000000.01'), panelDecided: true }, ['pass WRITE_OFF', 'pass WRITE_OFF_PANEL']],
    [{ amount: money('0.00') }, ['fail WRITE_OFF_NOTHING_LEFT']],
  ])('asked with %j', (change, expected) => {
    expect(ask(change)).toEqual(expected);
  });
});

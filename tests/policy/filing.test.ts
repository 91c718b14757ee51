import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money, ZERO } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';
import { faultsOf } from '../../src/policy/check.ts';
import type { AddedVersion } from '../../src/policy/clause.ts';
import { checkFiling, filingChecker } from '../../src/policy/decide.ts';
import { citesOf, isProvisional } from '../../src/policy/explanation.ts';
import type { FilingFacts } from '../../src/policy/filing.ts';
import { ningkedai2025 as policy } from '../../src/policy/ningkedai-2025/index.ts';
import { CONTEXT } from './demo-filings.ts';

const TITLE = { kind: 'techSme', certificateNo: 'NX202500001', validFrom: '2026-01-01', validTo: '2026-12-31' };

type Changes = Partial<Omit<FilingFacts, 'filing' | 'enterprise'>> & {
  filing?: Partial<FilingFacts['filing']>;
  enterprise?: Partial<NonNullable<FilingFacts['enterprise']>>;
};

/** A filing that passes every rule, with some facts changed. */
function facts(changes: Changes = {}): FilingFacts {
  return {
    filedOn: '2026-04-10',
    poolRegions: ['石嘴山市平罗县'],
    enterpriseCounted: ZERO,
    relatedCounted: ZERO,
    previousLoans: 0,
    ...changes,
    filing: {
      contractNo: 'HT2026001',
      principal: money('3000000.00'),
      countedPrincipal: money('3000000.00'),
      annualRate: ratePercent('3.65'),
      disbursedOn: '2026-03-05',
      maturesOn: '2027-03-05',
      purpose: 'rnd',
      purposeText: '研发投入',
      firstLoan: true,
      ...changes.filing,
    },
    enterprise: {
      registeredAt: '石嘴山市平罗县',
      staff: 300,
      revenue: money('120000000.00'),
      assets: money('90000000.00'),
      titles: [TITLE],
      standing: {
        abnormalOperation: false,
        seriousDishonesty: false,
        majorBreach: false,
        representativeBadCredit: false,
      },
      ...changes.enterprise,
    },
  };
}

const check = filingChecker(policy, CONTEXT);
const withAdded = (f: FilingFacts, ...added: AddedVersion[]) => checkFiling(policy, f, { ...CONTEXT, added });
const failed = (f: FilingFacts) => faultsOf(check(f)).map(({ code, field }) => `${code} ${field}`);
const find = (f: FilingFacts, code: string) => check(f).find((c) => c.code === code);

describe('a filing that meets every rule', () => {
  test('passes each with a sentence and its article, in article order', () => {
    const checks = check(facts());
    expect(checks.map(({ code, verdict }) => `${code} ${verdict}`)).toEqual([
      'REGION pass',
      'SIZE pass',
      'TITLE pass',
      'STANDING pass',
      'PURPOSE pass',
      'AMOUNT pass',
      'ENTERPRISE_CAP pass',
      'TERM pass',
      'RATE_CAP pass',
      'FILING_MODE pass',
      'FILING_DEADLINE pass',
      'FIRST_LOAN pass',
    ]);
    for (const { message, cites, clause } of checks) {
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(cites.length).toBeGreaterThan(0);
      expect(policy.clauses.some(({ id }) => id === clause)).toBe(true);
    }
  });

  test('is plain data that JSON keeps as it is', () => {
    const checks = check(facts());
    expect(JSON.parse(JSON.stringify(checks))).toEqual(checks);
  });
});

describe('amounts', () => {
  test('of zero or less are refused, each by its own field', () => {
    const nothing = { principal: ZERO, countedPrincipal: money('-1.00') };
    expect(failed(facts({ filing: nothing }))).toEqual([
      'AMOUNT_NOT_POSITIVE principal',
      'AMOUNT_NOT_POSITIVE countedPrincipal',
    ]);
  });

  test('filed above what is lent are refused; below is fine', () => {
    expect(failed(facts({ filing: { countedPrincipal: money('3000000.01') } }))).toEqual([
      'COUNTED_ABOVE_LENT countedPrincipal',
    ]);
    expect(failed(facts({ filing: { countedPrincipal: money('0.01') } }))).toEqual([]);
  });
});

describe('the cap of one enterprise', () => {
  test('counts what it has elsewhere, to the fen', () => {
    expect(failed(facts({ enterpriseCounted: money('2000000.00') }))).toEqual([]);
    expect(failed(facts({ enterpriseCounted: money('2000000.01') }))).toEqual([
      'ENTERPRISE_CAP_EXCEEDED countedPrincipal',
    ]);
  });

  test('says how much may still be filed and explains the sum', () => {
    const found = find(facts({ enterpriseCounted: money('2500000.00') }), 'ENTERPRISE_CAP_EXCEEDED')!;
    expect(found.message).toBe(
      '企业备案余额合计 5,500,000.00 元（含本笔 3,000,000.00 元），超过单户上限 5,000,000.00 元，最多还可备案 2,500,000.00 元',
    );
    expect(found.explanation!.inputs.map(({ label, value }) => `${label} ${value}`)).toEqual([
      '已备案（含待审）余额 2,500,000.00 元',
      '本笔备案金额 3,000,000.00 元',
      '单户上限 5,000,000.00 元',
    ]);
    expect(isProvisional(found.explanation!)).toBe(true);
  });

  test('is higher for a national high-tech enterprise while its title is valid', () => {
    const title = { ...TITLE, kind: 'nationalHighTech', validFrom: '2024-11-01', validTo: '2026-04-10' };
    const large = { enterprise: { titles: [title, TITLE] }, enterpriseCounted: money('7000000.00') };
    expect(failed(facts(large))).toEqual([]);
    expect(failed(facts({ ...large, filedOn: '2026-04-13' }))).toEqual(['ENTERPRISE_CAP_EXCEEDED countedPrincipal']);
  });

  test('takes in related enterprises, and says when they were not declared', () => {
    expect(failed(facts({ relatedCounted: money('2000000.01') }))).toEqual([
      'ENTERPRISE_CAP_EXCEEDED countedPrincipal',
    ]);
    expect(find(facts({ relatedCounted: undefined }), 'RELATED_NOT_CHECKED')?.verdict).toBe('notChecked');
  });
});

describe('term and dates', () => {
  test('a loan runs at most twelve months and ends after it begins', () => {
    expect(failed(facts({ filing: { maturesOn: '2027-03-06' } }))).toEqual(['TERM_TOO_LONG maturesOn']);
    expect(failed(facts({ filing: { maturesOn: '2026-03-05' } }))).toEqual(['MATURITY_BEFORE_DISBURSEMENT maturesOn']);
    expect(failed(facts({ filing: { maturesOn: '2026-03-06' } }))).toEqual([]);
  });

  test('a drawn loan is filed within three months, a last day off moving to the next working day', () => {
    const drawn = { disbursedOn: '2026-01-05', maturesOn: '2026-12-31' };
    expect(failed(facts({ filing: drawn, filedOn: '2026-04-07' }))).toEqual([]);
    expect(failed(facts({ filing: drawn, filedOn: '2026-04-08' }))).toEqual(['FILING_LATE disbursedOn']);
    const late = find(facts({ filing: drawn, filedOn: '2026-04-08' }), 'FILING_LATE')!;
    expect(late.message).toContain('最迟备案日 2026-04-07');
    expect(late.cites.map((c) => c.document)).toContain('《中华人民共和国民法典》');
  });

  test('a drawdown still to come asks for consent first, within three months', () => {
    const planned = facts({ filing: { disbursedOn: '2026-07-10', maturesOn: '2027-07-10' } });
    expect(failed(planned)).toEqual([]);
    expect(find(planned, 'FILING_MODE')?.message).toContain('同意函');
    expect(find(planned, 'FILING_DEADLINE')).toBeUndefined();
    expect(failed(facts({ filing: { disbursedOn: '2026-07-11', maturesOn: '2027-07-10' } }))).toEqual([
      'DISBURSED_AFTER_FILING disbursedOn',
    ]);
  });

  test('a programme may allow one way only', () => {
    const mode = (afterDrawdown: boolean, beforeLendingMonths: number | null): AddedVersion => ({
      clauseId: 'ningkedai-2025.filingMode',
      effectiveFrom: '2026-04-01',
      value: { afterDrawdown, beforeLendingMonths },
      citation: { document: '《补充通知》', article: '第一条', mark: 'F', confirmed: true },
    });
    const planned = facts({ filing: { disbursedOn: '2026-05-10', maturesOn: '2027-05-10' } });
    expect(faultsOf(withAdded(planned, mode(true, null))).map((f) => f.code)).toEqual(['DISBURSED_AFTER_FILING']);
    expect(faultsOf(withAdded(facts(), mode(false, 3))).map((f) => f.code)).toEqual(['DISBURSED_BEFORE_CONSENT']);
  });
});

describe('the rate cap', () => {
  test('is the LPR of the signing plus 150 basis points, and says so', () => {
    expect(find(facts({ filing: { annualRate: ratePercent('4.05') } }), 'RATE_CAP')?.message).toBe(
      '年利率 4.05% 不高于上限 4.50%（LPR-1Y 3.00% + 150 基点）',
    );
    expect(failed(facts({ filing: { annualRate: ratePercent('4.50') } }))).toEqual([]);
    expect(failed(facts({ filing: { annualRate: ratePercent('4.500001') } }))).toEqual(['RATE_ABOVE_CAP annualRate']);
  });

  test('rests on the clause and on the quote, which says whether it is confirmed', () => {
    const { explanation, cites } = find(facts(), 'RATE_CAP')!;
    expect(citesOf(explanation!)).toEqual(cites);
    expect(cites.map((c) => c.article)).toContain('2026-02，2026-02-24 公布');
    expect(cites.every((c) => !c.confirmed)).toBe(true);
  });

  test('takes the stated day of signing rather than the day of drawdown', () => {
    const signed = facts({ filing: { signedOn: '2025-11-25', disbursedOn: '2026-03-05' } });
    expect(find(signed, 'RATE_CAP')!.cites.map((c) => c.article)).toContain('2025-11，2025-11-20 公布');
  });

  test('refuses, and does not guess, where the month’s quote is missing', () => {
    const lprQuotes = CONTEXT.lprQuotes.filter(({ month }) => month !== '2026-02');
    const faults = faultsOf(checkFiling(policy, facts(), { ...CONTEXT, lprQuotes }));
    expect(faults).toMatchObject([{ code: 'LPR_MISSING', message: expect.stringContaining('2026-02') }]);
  });

  test('an approved version applies to loans signed from its day on', () => {
    const tighter: AddedVersion = {
      clauseId: 'ningkedai-2025.rateCap',
      effectiveFrom: '2026-03-05',
      value: { tenor: '1Y', anchor: 'atSigning', basisPoints: 60 },
      citation: { document: '《补充通知》', article: '第二条', mark: 'F', confirmed: true },
    };
    expect(faultsOf(withAdded(facts(), tighter)).map((f) => f.code)).toEqual(['RATE_ABOVE_CAP']);
    expect(
      faultsOf(withAdded(facts({ filing: { disbursedOn: '2026-03-04', maturesOn: '2027-03-04' } }), tighter)),
    ).toEqual([]);
  });
});

describe('the enterprise', () => {
  test('holds a listed title that is valid on the day of filing', () => {
    expect(failed(facts({ enterprise: { titles: [] } }))).toEqual(['TITLE_NOT_VALID enterpriseUscc']);
    expect(failed(facts({ enterprise: { titles: [{ ...TITLE, kind: 'gazelle' }] } }))).toHaveLength(1);
    const expired = facts({ enterprise: { titles: [{ ...TITLE, validTo: '2026-04-09' }] } });
    expect(find(expired, 'TITLE_NOT_VALID')?.message).toContain('2026-01-01 至 2026-04-09');
    expect(failed(facts({ enterprise: { titles: [], inDemandRegister: true } }))).toEqual([]);
  });

  test('is no larger than allowed; each limit exceeded is named', () => {
    const large = { staff: 501, revenue: money('200000000.01'), assets: money('200000000.00') };
    const found = check(facts({ enterprise: large })).filter((c) => c.code === 'ENTERPRISE_TOO_LARGE');
    expect(found.map((c) => c.message)).toEqual([
      '企业从业人员 501 人，超过上限 500 人',
      '企业营业收入 20000.000001 万元，超过上限 20000 万元',
    ]);
    expect(find(facts({ enterprise: { staff: undefined } }), 'SIZE_NOT_CHECKED')?.verdict).toBe('notChecked');
  });

  test('is registered in the region and where the pool lends', () => {
    expect(failed(facts({ enterprise: { registeredAt: '银川市金凤区' } }))).toEqual([
      'REGION_NOT_ELIGIBLE enterpriseUscc',
    ]);
    expect(failed(facts({ poolRegions: [], enterprise: { registeredAt: '银川市金凤区' } }))).toEqual([]);
    expect(failed(facts({ poolRegions: [], enterprise: { registeredAt: '兰州市城关区' } }))).toHaveLength(1);
    expect(failed(facts({ enterprise: { registeredAt: '宁夏回族自治区石嘴山市平罗县' } }))).toEqual([]);
    expect(find(facts({ enterprise: { registeredAt: '' } }), 'REGION_NOT_CHECKED')?.verdict).toBe('notChecked');
  });

  test('is kept out by what is known against it; what nobody looked up is said, not passed', () => {
    const barred = facts({ enterprise: { standing: { seriousDishonesty: true } } });
    expect(failed(barred)).toEqual(['ENTERPRISE_BARRED enterpriseUscc']);
    expect(find(barred, 'STANDING_NOT_CHECKED')?.message).toContain('经营异常');
    const unknown = check(facts({ enterprise: { standing: undefined } }));
    expect(unknown.find((c) => c.code === 'STANDING')).toBeUndefined();
    expect(unknown.find((c) => c.code === 'STANDING_NOT_CHECKED')?.verdict).toBe('notChecked');
  });
});

describe('the use of the money', () => {
  const verdict = (purpose: string, purposeText?: string) => {
    const found = check(facts({ filing: { purpose, purposeText } })).find((c) => c.code.startsWith('PURPOSE'))!;
    return `${found.code} ${found.verdict}`;
  };

  test.each([
    '转贷',
    '用于委托贷款',
    '民间借贷',
    '投资股票',
    '证券投资',
    '期货',
    '个人消费',
    '购房首付',
    '转　贷',
    '转-贷',
  ])('is refused for 「%s」', (text) => {
    expect(verdict('other', text)).toBe('PURPOSE_BANNED fail');
    expect(verdict('rnd', text)).toBe('PURPOSE_BANNED fail');
  });

  test('is for a reviewer to look at where the words may be harmless', () => {
    expect(verdict('materials', '归还贷款后采购')).toBe('PURPOSE_DOUBTFUL warn');
    expect(verdict('rnd', '消费电子研发')).toBe('PURPOSE_DOUBTFUL warn');
    expect(verdict('other', '支付检测费')).toBe('PURPOSE_OTHER warn');
  });

  test('must be one of the list, with words where it is another', () => {
    expect(verdict('rnd')).toBe('PURPOSE pass');
    expect(verdict('other')).toBe('PURPOSE_MISSING fail');
    expect(verdict('gambling', '设备')).toBe('PURPOSE_UNKNOWN fail');
  });
});

describe('first loans and renewals', () => {
  test('a first loan contradicted by an earlier one, or by a cited contract, is refused', () => {
    expect(failed(facts({ previousLoans: 1 }))).toEqual(['FIRST_LOAN_CONTRADICTED firstLoan']);
    const renewing = { renewsContractNo: 'HT2025001' };
    const renewed = { sameEnterprise: true, consented: true };
    expect(failed(facts({ filing: renewing, renewed }))).toEqual(['FIRST_LOAN_CONTRADICTED firstLoan']);
  });

  test('a later loan is believed, and said to be unchecked when none is on record', () => {
    const later = { filing: { firstLoan: false } };
    expect(find(facts(later), 'FIRST_LOAN_NOT_CHECKED')?.verdict).toBe('notChecked');
    expect(find(facts({ ...later, previousLoans: 2 }), 'FIRST_LOAN')?.verdict).toBe('pass');
  });

  test('a renewal cites a contract of the same enterprise that was consented', () => {
    const filing = { firstLoan: false, renewsContractNo: 'HT2025001' };
    const at = (renewed?: FilingFacts['renewed']) => failed(facts({ filing, renewed, previousLoans: 1 }));
    expect(at({ sameEnterprise: true, consented: true })).toEqual([]);
    expect(at()).toEqual(['RENEWAL_UNKNOWN renewsContractNo']);
    expect(at({ sameEnterprise: false, consented: true })).toEqual(['RENEWAL_UNKNOWN renewsContractNo']);
    expect(at({ sameEnterprise: true, consented: false })).toEqual(['RENEWAL_WITHOUT_PREDECESSOR renewsContractNo']);
  });
});

describe('what cannot be judged', () => {
  test('a filing before the document’s time fails by the dates of each clause, naming them', () => {
    const early = facts({ filedOn: '2025-10-14', filing: { disbursedOn: '2025-10-01', maturesOn: '2026-03-01' } });
    const faults = faultsOf(check(early));
    expect(new Set(faults.map((f) => f.code))).toEqual(new Set(['POLICY_OUTSIDE_DATES']));
    expect(faults[0]!.message).toContain('自 2025-10-15 起施行');
  });

  test('any facts may be missing: the checks that need them are left out, the others stand', () => {
    const whole = facts({ filing: { countedPrincipal: money('9000000.00'), annualRate: ratePercent('9') } });
    const names = Object.keys(whole.filing) as (keyof FilingFacts['filing'])[];
    const all = new Set(failed(whole));
    fc.assert(
      fc.property(fc.subarray(names), fc.boolean(), (missing, unknown) => {
        const part: FilingFacts = { ...whole, filing: { ...whole.filing } };
        for (const name of missing) delete part.filing[name];
        if (unknown) delete part.enterprise;
        for (const fault of failed(part)) expect(all).toContain(fault);
      }),
      { numRuns: 200 },
    );
  });

  test('a batch judges each filing as it would be judged alone', () => {
    const filing = fc.record({
      annualRate: fc.constantFrom('3.00', '4.50', '4.51').map(ratePercent),
      disbursedOn: fc.constantFrom('2026-01-05', '2026-03-05', '2026-06-30'),
      purposeText: fc.constantFrom('研发投入', '转贷', '购房'),
      countedPrincipal: fc.constantFrom('3000000.00', '5000000.01').map(money),
    });
    fc.assert(
      fc.property(fc.array(filing, { minLength: 2, maxLength: 6 }), (filings) => {
        const batch = filingChecker(policy, CONTEXT);
        for (const one of filings) {
          const f = facts({ filing: one });
          expect(batch(f)).toEqual(checkFiling(policy, f, CONTEXT));
        }
      }),
      { numRuns: 100 },
    );
  });
});

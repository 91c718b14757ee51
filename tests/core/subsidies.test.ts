import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromFen } from '../../src/money/fen.ts';
import { money, sum, toWire, ZERO } from '../../src/money/money.ts';
import { faultsOf } from '../../src/policy/check.ts';
import { valueOn } from '../../src/policy/clause.ts';
import { citesOf, isProvisional } from '../../src/policy/explanation.ts';
import { schemeByCode } from '../../src/policy/register.ts';
import { allocate, type Claimant } from '../../src/subsidies/allocation.ts';
import { evaluate } from '../../src/subsidies/evaluate.ts';
import type { Applicant, ApplicationFacts, SubsidyItem } from '../../src/subsidies/facts.ts';
import { openScheme } from '../../src/subsidies/open-scheme.ts';
import { demoPremiums, RULES } from '../support/subsidies.ts';

const scheme = schemeByCode('ningxia-tech-finance-subsidy');
const open = (on = '2026-09-20', added = RULES.added) => openScheme(scheme, on, { ...RULES, added });

describe('the premiums of 2026', () => {
  const results = new Map(
    [...demoPremiums('2026-09-20')].map(([uscc, facts]) => [uscc, evaluate(open(), facts)] as const),
  );
  const eligible = [...results].filter(([, r]) => r.eligible);
  const refused = [...results].filter(([, r]) => !r.eligible);

  test('87 of 96 enterprises are eligible, with a demand of 24,361,738.02', () => {
    expect(results.size).toBe(96);
    expect(eligible.length).toBe(87);
    expect(toWire(sum(eligible.map(([, r]) => r.amount)))).toBe('24361738.02');
  });

  test('five hold no listed title and four miss the gate, each refusal with document, article and field', () => {
    const faults = refused.flatMap(([, r]) => faultsOf(r.checks));
    const of = (code: string) => refused.filter(([, r]) => r.checks.some((c) => c.code === code));
    expect(of('TITLE_NOT_VALID').length).toBe(5);
    expect(refused.filter(([, r]) => faultsOf(r.checks)[0]!.code === 'GATE_NOT_MET').length).toBe(4);
    for (const { field, cites, message } of faults) {
      expect(field).toBeTruthy();
      expect(cites![0]).toMatchObject({
        document: expect.stringContaining('《'),
        article: expect.stringMatching(/条/),
      });
      expect(message).toMatch(/\p{Script=Han}/u);
    }
    expect(refused.every(([, r]) => r.amount.isZero())).toBe(true);
  });

  test('allocated in proportion under 18,529,000.00 they add up to it, to the fen', () => {
    const version = valueOn(scheme.budget, '2026-10-20');
    const claimants = eligible.map(([key, r], i): Claimant => {
      const lines = r.lines.map((line, n) => ({ key: `${key}:${n}`, amount: line.amount }));
      return { key, received: i, firstTime: false, lines };
    });
    const { items, demand, granted, left } = allocate(version, money('18529000.00'), claimants);
    expect(toWire(demand)).toBe('24361738.02');
    expect([toWire(granted), toWire(left)]).toEqual(['18529000.00', '0.00']);
    expect(toWire(sum(items.flatMap(({ lines }) => lines.map((l) => l.granted))))).toBe('18529000.00');
    const backwards = allocate(version, money('18529000.00'), [...claimants].reverse());
    const byKey = new Map(backwards.items.map((item) => [item.key, toWire(item.granted)]));
    for (const item of items) expect(byKey.get(item.key)).toBe(toWire(item.granted));
  });

  test('an amount tells how it came about, with the articles, and that values are examples', () => {
    const [, most] = eligible.find(([, r]) => toWire(r.amount) === '300000.00')!;
    expect(citesOf(most.explanation).length).toBeGreaterThan(0);
    expect(isProvisional(most.explanation)).toBe(true);
    const text = JSON.stringify(most.explanation);
    expect(text).toContain('保费限额');
    expect(text).toContain('300,000.00 元');
    expect(text).toContain('各笔按比例分摊');
  });
});

const applicant: Applicant = {
  uscc: '916401212972756293',
  registeredAt: '银川市永宁县',
  titles: [{ kind: 'techSme', certificateNo: 'NX1', validFrom: '2026-01-01', validTo: '2026-12-31' }],
  revenue: money('101.00'),
  previousRevenue: money('100.00'),
  rndExpense: money('0.00'),
};
const premium: SubsidyItem = {
  ...{ kind: 'premium', name: '研发责任保险', class: 'I', partner: true, termMonths: 12 },
  ...{ dates: { startsOn: '2026-03-01', paidOn: '2026-03-05' }, cost: money('10000.00'), otherMoney: ZERO },
};
const ask = (more: Partial<ApplicationFacts> = {}, items: SubsidyItem[] = [premium]): ApplicationFacts => ({
  ...{ appliedOn: '2026-09-20', year: 2026, applicant, items, history: { earlier: [] }, ...more },
});
const codes = (facts: ApplicationFacts, opened = open(facts.appliedOn)) => {
  const { checks, lines } = evaluate(opened, facts);
  return [...checks, ...lines.flatMap((line) => line.checks)].filter((c) => c.verdict === 'fail').map((c) => c.code);
};

describe('an application', () => {
  test('whose title is of the year passes the gate without growth', () => {
    expect(codes(ask())).toEqual([]);
    expect(toWire(evaluate(open(), ask()).amount)).toBe('5000.00');
  });

  test('is refused for what the enterprise is', () => {
    const as = (more: Partial<Applicant>) => ask({ applicant: { ...applicant, ...more } });
    expect(codes(as({ registeredAt: '甘肃省白银市' }))).toEqual(['REGISTERED_ELSEWHERE']);
    expect(codes(as({ titles: [] }))).toEqual(['TITLE_NOT_VALID', 'GATE_NOT_MET']);
    expect(codes(as({ titles: [], contestYear: 2026 }))).toEqual([]);
    expect(
      codes(as({ titles: [{ ...applicant.titles[0]!, validFrom: '2025-01-01' }], rndExpense: undefined })),
    ).toEqual(['GATE_NOT_STATED']);
    expect(codes(as({ standing: { seriousDishonesty: true } }))).toEqual(['ENTERPRISE_BARRED']);
    const ban = (from: string, until: string) => ({
      ...{ from, until, allSchemes: true, title: '某办法' },
      citation: { document: '某办法', article: '第九条', confirmed: true },
    });
    expect(codes(as({ ban: ban('2026-09-20', '2026-09-21') }))).toEqual(['APPLICANT_BANNED']);
    expect(codes(as({ ban: ban('2023-09-20', '2026-09-20') }))).toEqual([]);
    expect(codes(as({ ban: ban('2026-09-21', '2029-09-21') }))).toEqual([]);
  });

  test('is refused line by line, and the other lines do not suffer', () => {
    const items: SubsidyItem[] = [
      { ...premium, name: '去年付的', dates: { paidOn: '2025-12-31' } },
      { ...premium, name: '车险', class: 'motor' },
      { ...premium, name: '外面的公司', partner: false },
      { ...premium, name: '没有类别', class: undefined },
      premium,
    ];
    const { lines, amount } = evaluate(open(), ask({}, items));
    expect(lines.map((l) => faultsOf(l.checks).map((f) => f.code))).toEqual([
      ['OUTSIDE_PERIOD'],
      ['LINE_CLASS', 'SUBSIDY_NO_ROW'],
      ['LINE_PARTNER'],
      ['SUBSIDY_FACT_MISSING'],
      [],
    ]);
    expect(toWire(amount)).toBe('5000.00');
  });

  test('for a kind the scheme does not have is refused, and before its document by date', () => {
    expect(codes(ask({}, [{ ...premium, kind: 'rndProject' }]))).toEqual(['SUBSIDY_KIND_UNKNOWN']);
    const of2020 = ask({ appliedOn: '2020-09-01', year: 2020 });
    expect(codes(of2020)).toContain('POLICY_OUTSIDE_DATES');
    expect(codes(of2020)).not.toContain('GATE_NOT_MET');
  });

  test('counts interest at most at 1.4 times the LPR of the signing, and says which', () => {
    const loan: SubsidyItem = {
      ...{ kind: 'interest', name: '宁夏银行流动资金贷款', annualRate: '6', otherMoney: ZERO, partner: true },
      ...{ dates: { signedOn: '2026-02-25', startsOn: '2026-02-25', paidOn: '2026-03-21' }, cost: money('60000.00') },
    };
    const { lines, amount } = evaluate(open(), ask({}, [loan]));
    expect(toWire(amount)).toBe('21000.00');
    expect(JSON.stringify(lines[0]!.explanation)).toContain('3.00%');
    expect(isProvisional(lines[0]!.explanation)).toBe(true);
  });

  test('uses what earlier grants left of a cap', () => {
    const history = { earlier: [{ kind: 'premium' as const, thisYear: true, amount: money('298000.00') }] };
    expect(toWire(evaluate(open(), ask({ history })).amount)).toBe('2000.00');
  });
});

describe('a changed rule', () => {
  const { id, versions } = scheme.caps;
  const value = { ...versions[1]!.value, caps: [{ label: '保费限额', per: 'year' as const, amount: '4000.00' }] };
  const change = [{ clauseId: id, effectiveFrom: '2026-10-01', value, citation: versions[1]!.citation }];

  test('leaves what was applied for before its day as it was', () => {
    expect(toWire(evaluate(open('2026-09-20', change), ask()).amount)).toBe('5000.00');
    expect(toWire(evaluate(open('2026-10-01', change), ask({ appliedOn: '2026-10-01' })).amount)).toBe('4000.00');
  });
});

describe('properties', () => {
  const item = fc
    .record({
      cls: fc.constantFrom('I', 'II', 'III', 'other'),
      fen: fc.bigInt({ min: 1n, max: 200_000_000n }),
      other: fc.bigInt({ min: 0n, max: 100_000_000n }),
    })
    .map(
      ({ cls, fen, other }): SubsidyItem => ({
        ...premium,
        class: cls,
        cost: fromFen(fen),
        otherMoney: fromFen(other),
      }),
    );
  const items = fc.array(item, { maxLength: 10 });

  test('an application never brings more than its cap, nor a line more than it cost less other public money', () => {
    const opened = open();
    fc.assert(
      fc.property(items, (all) => {
        const { lines, amount } = evaluate(opened, ask({}, all));
        expect(amount.lte('300000.00')).toBe(true);
        expect(toWire(amount)).toBe(toWire(sum(lines.map((l) => l.amount))));
        for (const {
          item: { cost, otherMoney },
          amount: part,
        } of lines) {
          expect(part.gte(ZERO) && (part.isZero() || part.plus(otherMoney).lte(cost))).toBe(true);
        }
      }),
    );
  });

  test('who came when changes nothing where a budget is shared in proportion, ties included; all of it is shared, to the fen', () => {
    const version = valueOn(scheme.budget, '2026-10-20');
    const usccs = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    const arrivals = usccs.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: all.length, maxLength: all.length }),
        fc.shuffledSubarray(
          all.map((_, i) => i),
          { minLength: all.length },
        ),
        fc.integer({ min: 0, max: 20 }),
      ),
    );
    fc.assert(
      fc.property(arrivals, ([all, amounts, order, cents]) => {
        const share = (came: number[]) => {
          const claimants = came.map((who, place) => {
            const lines = [{ key: 'line', amount: fromFen(BigInt(amounts[who]!)) }];
            return { key: `${place + 7}`, tie: all[who]!, received: place, firstTime: true, lines };
          });
          const { items, demand } = allocate(version, fromFen(BigInt(cents)), claimants);
          const total = sum(items.map((one) => one.granted));
          expect(toWire(total)).toBe(toWire(demand.lt(fromFen(BigInt(cents))) ? demand : fromFen(BigInt(cents))));
          return Object.fromEntries(came.map((who, place) => [all[who]!, toWire(items[place]!.granted)]));
        };
        expect(share(order)).toEqual(share(all.map((_, i) => i)));
      }),
      { numRuns: 200 },
    );
  });

  test('the order of the lines does not change the whole', () => {
    const opened = open();
    fc.assert(
      fc.property(items, (all) => {
        const total = (list: SubsidyItem[]) => toWire(evaluate(opened, ask({}, list)).amount);
        expect(total([...all].reverse())).toBe(total(all));
      }),
    );
  });
});

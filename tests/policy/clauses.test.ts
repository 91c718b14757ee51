import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/calendar/local-date.ts';
import { parseValue, valueOn } from '../../src/policy/clause.ts';
import { clauseOn, policyOn } from '../../src/policy/decide.ts';
import { clauses, findClause, findPolicy, POLICIES, policyByCode, RULEBOOKS } from '../../src/policy/register.ts';

const all = RULEBOOKS.flatMap((policy) => policy.clauses.map((clause) => ({ policy, clause, id: clause.id })));

describe.each(all)('clause $id', ({ policy, clause }) => {
  test.each(clause.cases.map((c) => [c.on, c.says, c] as const))('on %s: %s', (_on, _says, { on, input, expected }) => {
    expect(clause.apply(valueOn(clause, on).value, input)).toEqual(expected);
  });

  test('has cases and is named after its policy', () => {
    expect(clause.cases.length).toBeGreaterThan(0);
    expect(clause.id).toMatch(new RegExp(`^${policy.code}\\.[a-zA-Z]+$`));
  });

  test('every version is cited, fits its schema, survives JSON and reads as a sentence', () => {
    for (const { value, citation } of clause.versions) {
      expect(citation.document).toContain('《');
      expect(citation.article).not.toBe('');
      expect(citation.source).toBeTruthy();
      expect(clause.schema.parse(JSON.parse(JSON.stringify(value)))).toEqual(value);
      expect(clause.describe(value)).toMatch(/\p{Script=Han}.*[^。]$/u);
    }
    expect(clause.schema.toJSONSchema()).toMatchObject({ $schema: expect.any(String) });
  });

  test('only what a document says is called confirmed', () => {
    for (const { citation } of clause.versions) if (citation.confirmed) expect(citation.mark).toBe('F');
  });

  test('has no value before its first day, and says so with its article', () => {
    const before = addDays(clause.versions[0]!.effectiveFrom, -1);
    expect(() => valueOn(clause, before)).toThrow(
      expect.objectContaining({
        code: 'POLICY_OUTSIDE_DATES',
        message: expect.stringMatching(new RegExp(`《.+${clause.title}.+${before}`)),
        cites: [clause.versions[0]!.citation],
      }),
    );
    expect(clauseOn(clause, before)).toMatchObject({ value: null, outsideDates: expect.stringContaining(before) });
  });

  test('refuses a value of another shape', () => {
    expect(() => parseValue(clause, { nonsense: 1 })).toThrow(
      expect.objectContaining({ code: 'POLICY_VALUE_INVALID' }),
    );
  });
});

describe('the register', () => {
  test('ids are unique and every clause is found by its id', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { clause, id } of all) expect(findClause(id)).toBe(clause);
  });

  test('a policy is found by its code, and what is not there is said to be missing', () => {
    expect(policyByCode('ningkedai-2025').document.issuedOn).toBe('2025-10-15');
    expect(clauses('ningkedai-2025').length).toBe(findPolicy('ningkedai-2025')?.clauses.length);
    expect(findPolicy('nowhere-2000')).toBeUndefined();
    expect(() => policyByCode('nowhere-2000')).toThrow(
      expect.objectContaining({ code: 'POLICY_UNKNOWN', status: 404 }),
    );
    expect(() => findClause('nowhere-2000.cap')).toThrow(expect.objectContaining({ code: 'CLAUSE_UNKNOWN' }));
  });

  test('every rule that judges filings, and every named clause, is one of the policy’s own clauses', () => {
    for (const policy of POLICIES) {
      const { leverage, match, lossShares, lossCaps, feeCeilings, cap, review } = policy;
      const { renewal, extension, reporting, settlement, classification } = policy;
      const { claim, recovery, writeOff, breaker, topUp, contributionReturn, revocation } = policy;
      const named = [
        leverage,
        match,
        lossShares,
        cap,
        review,
        renewal,
        extension,
        reporting,
        settlement,
        classification,
      ];
      const afterLoss = [...Object.values(claim), recovery, writeOff, breaker, topUp, contributionReturn, revocation];
      const optional = [lossCaps, feeCeilings].filter((clause) => clause !== undefined);
      expect(new Set(policy.clauses).size).toBe(policy.clauses.length);
      for (const clause of [...named, ...afterLoss, ...optional, ...policy.filing.map((rule) => rule.clause)]) {
        expect(policy.clauses).toContain(clause);
      }
    }
  });

  test('a policy on a date shows each clause with its value, its words, its source and whether it is confirmed', () => {
    const view = policyOn(policyByCode('ningkedai-2025'), '2026-11-20');
    expect(view.find(({ id }) => id === 'ningkedai-2025.leverage')).toMatchObject({
      title: '放大倍数',
      unit: '倍',
      value: '10',
      text: expect.stringContaining('10 倍'),
      effectiveFrom: '2025-10-15',
      expiresOn: null,
      provisional: true,
      outsideDates: null,
      citation: { mark: 'A', confirmed: false },
    });
    expect(view.filter((clause) => !clause.provisional).map(({ id }) => id)).toEqual([
      'ningkedai-2025.contributors',
      'ningkedai-2025.compensated',
      'ningkedai-2025.classification',
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '../../src/access/context.ts';
import { openDatabase } from '../../src/db/node-client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { readStatement } from '../../src/files/read-statement.ts';
import { toWire } from '../../src/money/money.ts';
import type { MatchLeg, MatchLine } from '../../src/reconciliation/match.ts';
import { matchSides } from '../../src/reconciliation/match-service.ts';
import { seeded } from '../bench/support.ts';
import { demoFile } from '../flows/support.ts';
import { createDatabase } from '../support/database.ts';
import { firstMatch, greedy, score } from '../support/matching-score.ts';
import { shuffle, truthSet } from '../support/matching-truth.ts';

let opened: ReturnType<typeof openDatabase>;
let drop: () => Promise<unknown>;
beforeAll(async () => {
  const database = await createDatabase();
  opened = openDatabase(database.url, 4);
  drop = database.drop;
});
afterAll(async () => {
  await opened.close();
  await drop();
});

const match = (lines: MatchLine[], legs: MatchLeg[]) =>
  inTransaction({ db: opened.db, actor: SYSTEM }, (tx) => matchSides(tx, lines, legs));

const line = (id: string, on: string, amount: string, more: Partial<MatchLine> = {}): MatchLine => ({
  ...{ id, on, direction: 'in', amount, serial: null, counterpartyName: null, counterpartyAccount: null, memo: '' },
  ...more,
});
const leg = (id: string, on: string, amount: string, more: Partial<MatchLeg> = {}): MatchLeg => ({
  ...{
    id: `${id}:1`,
    on,
    direction: 'in',
    amount,
    number: null,
    subject: null,
    memo: '',
    parties: [],
    reference: `r${id}`,
    reverses: null,
  },
  ...more,
});
const A = { counterpartyName: '甲银行（总行）' };
const a = { parties: ['甲银行(总行)'] };
/** Rule, lines and legs of what was matched and what was proposed, in short. */
const told = async (lines: MatchLine[], legs: MatchLeg[]) => {
  const { matches, proposals } = await match(lines, legs);
  const say = (all: typeof matches) =>
    all.map((m) => `${m.rule} ${m.lines} = ${m.legs.map((id) => id.replace(':1', ''))}`);
  return { matches: say(matches), proposals: say(proposals) };
};

describe('a line and an entry', () => {
  it.each([
    [
      'by the bank’s number, whatever the days say',
      [line('1', '2026-10-09', '5.00', { serial: '202600000001' })],
      [leg('1', '2026-10-20', '5.00', { number: '202600000001' })],
      ['number 1 = 1'],
    ],
    [
      'by the reference that the memo quotes',
      [line('1', '2026-10-09', '5.00', { memo: '回款 SZSJJ2026364' })],
      [leg('1', '2026-10-12', '5.00', { subject: 'SZSJJ2026364' })],
      ['reference 1 = 1'],
    ],
    [
      'by the party, with widths and brackets folded',
      [line('1', '2026-10-09', '5.00', A)],
      [leg('1', '2026-10-12', '5.00', a)],
      ['counterparty 1 = 1'],
    ],
    [
      'by an amount that occurs once, on its day',
      [line('1', '2026-10-09', '5.00', A)],
      [leg('1', '2026-10-09', '5.00', { parties: ['乙'] })],
      ['amount 1 = 1'],
    ],
    [
      'not by an amount alone on another day with another party',
      [line('1', '2026-10-09', '5.00', A)],
      [leg('1', '2026-10-10', '5.00', { parties: ['乙'] })],
      [],
    ],
    ['never with a cent between them', [line('1', '2026-10-09', '5.01', A)], [leg('1', '2026-10-09', '5.00', a)], []],
    [
      'never the other way',
      [line('1', '2026-10-09', '5.00', { ...A, direction: 'out' })],
      [leg('1', '2026-10-09', '5.00', a)],
      [],
    ],
    ['not weeks apart', [line('1', '2026-10-09', '5.00', A)], [leg('1', '2026-10-30', '5.00', a)], []],
  ])('are matched %s', async (_, lines, legs, expected) => {
    expect((await told(lines, legs)).matches).toEqual(expected);
  });

  it('of an amount that occurs once, but of other business by the memo or the number, are only shown', async () => {
    const other = [line('1', '2026-10-09', '5.00', { memo: '回款 SZSJJ2026365' })];
    expect(await told(other, [leg('1', '2026-10-09', '5.00', { subject: 'SZSJJ2026364' })])).toEqual({
      matches: [],
      proposals: ['likely 1 = 1'],
    });
    const numbered = [line('1', '2026-10-09', '5.00', { serial: '202600000001' })];
    expect(await told(numbered, [leg('1', '2026-10-09', '5.00', { number: '202600000009' })])).toEqual({
      matches: [],
      proposals: ['likely 1 = 1'],
    });
  });

  it('with the same number and another amount are shown and left alone, whatever else would fit', async () => {
    const serial = '202600000001';
    const lines = [line('1', '2026-10-09', '5.40', { ...A, serial })];
    const legs = [leg('1', '2026-10-09', '5.04', { number: serial }), leg('2', '2026-10-09', '5.40', a)];
    expect(await told(lines, legs)).toEqual({ matches: [], proposals: ['amountDiffers 1 = 1'] });
  });

  it('with two digits changed over are shown', async () => {
    expect(await told([line('1', '2026-10-09', '543.00', A)], [leg('1', '2026-10-10', '534.00', a)])).toEqual({
      matches: [],
      proposals: ['digits 1 = 1'],
    });
  });

  it('that was taken back meets the entry that takes it back', async () => {
    const legs = [leg('1', '2026-10-09', '5.00'), leg('2', '2026-10-12', '5.00', { direction: 'out', reverses: 'r1' })];
    expect(await told([], legs)).toEqual({ matches: ['reversal  = 1,2'], proposals: [] });
  });
});

describe('equal ones', () => {
  const twins = [line('1', '2026-10-20', '60.00', A), line('2', '2026-10-20', '60.00', A)];
  it('as many on each side are matched each with one, not merged', async () => {
    expect(
      (await told(twins, [leg('1', '2026-10-20', '60.00', a), leg('2', '2026-10-20', '60.00', a)])).matches,
    ).toEqual(['counterparty 1 = 1', 'counterparty 2 = 2']);
  });

  it('are ambiguous where one is left over, or where each side tells its own apart', async () => {
    expect(await told(twins, [leg('1', '2026-10-20', '60.00', a)])).toEqual({
      matches: [],
      proposals: ['ambiguous 1,2 = 1'],
    });
    const told2 = await told(
      [line('1', '2026-10-20', '60.00', { ...A, memo: '一' }), line('2', '2026-10-20', '60.00', { ...A, memo: '二' })],
      [leg('1', '2026-10-20', '60.00', { ...a, memo: '三' }), leg('2', '2026-10-20', '60.00', { ...a, memo: '四' })],
    );
    expect(told2).toEqual({ matches: [], proposals: ['ambiguous 1,2 = 1,2'] });
  });

  it('day after day are matched where every day agrees, and left alone where they lie apart', async () => {
    const days = ['2026-10-20', '2026-10-21', '2026-10-22'];
    const lines = days.map((on, i) => line(`${i + 1}`, on, '60.00', A));
    const legs = days.map((on, i) => leg(`${i + 1}`, on, '60.00', a));
    expect((await told(lines, legs)).matches).toEqual([
      'counterparty 1 = 1',
      'counterparty 2 = 2',
      'counterparty 3 = 3',
    ]);
    expect(
      (
        await told(
          lines,
          legs.map((l, i) => ({ ...l, on: `2026-10-2${i + 1}` })),
        )
      ).matches,
    ).toEqual([]);
  });

  it('are matched by the number first, and the rest by what is left', async () => {
    const lines = [
      line('1', '2026-10-20', '60.00', A),
      line('2', '2026-10-20', '60.00', { ...A, serial: '202600000004' }),
    ];
    const legs = [
      leg('1', '2026-10-20', '60.00', { ...a, number: '202600000004' }),
      leg('2', '2026-10-20', '60.00', a),
    ];
    expect((await told(lines, legs)).matches).toEqual(['number 2 = 1', 'counterparty 1 = 2']);
  });
});

describe('the demo’s October without serial numbers', () => {
  it('is matched by reference and amount, the two receipts of 60,000.00 each with its own', async () => {
    const { rows } = await readStatement(demoFile('pool-statement-2026-10-no-serial.csv'));
    const lines = rows.map((r, i) => ({ ...r, id: `${i + 1}`, amount: toWire(r.amount) }));
    const subject = 'SZSJJ202636414424';
    const bank = { subject, parties: ['石嘴山银行股份有限公司'] };
    const legs = [
      leg('1', '2026-10-09', '500000.00', { number: '202600000001', parties: ['平罗县科学技术局'] }),
      leg('2', '2026-10-15', '1912000.00', { ...bank, direction: 'out', number: '202600000002' }),
      leg('3', '2026-10-20', '60000.00', { ...bank, number: '202600000003' }),
      leg('4', '2026-10-20', '60000.00', { ...bank, number: '202600000004' }),
    ];
    expect(await told(lines, legs)).toEqual({
      matches: ['reference 2 = 2', 'reference 3 = 3', 'reference 4 = 4', 'amount 1 = 1'],
      proposals: [],
    });
  });
});

describe('sums', () => {
  it('one for many, many for one, and many for many are matched with one party within days', async () => {
    const legs = [leg('1', '2026-10-19', '20.00', a), leg('2', '2026-10-20', '40.00', a)];
    expect((await told([line('1', '2026-10-20', '60.00', A)], legs)).matches).toEqual(['sum 1 = 1,2']);
    const lines = [line('1', '2026-10-19', '20.00', A), line('2', '2026-10-20', '40.00', A)];
    expect((await told(lines, [leg('1', '2026-10-20', '60.00', a)])).matches).toEqual(['sum 1,2 = 1']);
    expect(
      (await told(lines, [leg('1', '2026-10-20', '25.00', a), leg('2', '2026-10-20', '35.00', a)])).matches,
    ).toEqual(['sum 1,2 = 1,2']);
    expect((await told([line('1', '2026-10-20', '60.00')], legs)).matches).toEqual([]);
  });

  it('in two ways, or sharing a part, are ambiguous', async () => {
    const legs = [
      leg('1', '2026-10-20', '20.00', a),
      leg('2', '2026-10-20', '40.00', a),
      leg('3', '2026-10-20', '40.00', { ...a, memo: '另' }),
    ];
    const both = await told([line('1', '2026-10-20', '60.00', A)], legs);
    expect(both.matches).toEqual([]);
    expect(both.proposals).toEqual(['ambiguous 1 = 1,2', 'ambiguous 1 = 1,3']);
  });
});

describe('a set of which the truth is known', () => {
  const seed = Number(process.env.SEED ?? 20261122);

  it.each([2_000, 6_000])(
    `of %i events (seed ${seed}) is matched nearly wholly, never wrongly where nobody could know, and better than by simpler ways`,
    async (size) => {
      const truth = truthSet(size, seed);
      const { matches, proposals } = await match(truth.lines, truth.legs);
      const own = score(truth, matches);
      const [first, pass] = [firstMatch, greedy].map((way) => score(truth, way(truth.lines, truth.legs)));
      console.info(`seed ${seed}, ${truth.lines.length} lines, ${truth.legs.length} legs:`, { own, first, pass });
      expect(own.precision).toBeGreaterThanOrEqual(99.9);
      expect(own.recall).toBeGreaterThanOrEqual(98);
      expect(own.unsure).toBe(0);
      for (const other of [first!, pass!]) {
        expect(own.precision).toBeGreaterThan(other.precision);
        expect(own.recall).toBeGreaterThan(other.recall);
      }
      const used = matches.flatMap(({ lines, legs }) => [
        ...lines.map((id) => `l${id}`),
        ...legs.map((id) => `g${id}`),
      ]);
      expect(new Set(used).size).toBe(used.length);
      const shown = new Set(
        proposals.flatMap(({ lines, legs }) => [
          ...lines.map((id) => `lines ${id}`),
          ...legs.map((id) => `legs ${id}`),
        ]),
      );
      const seen = [...truth.unsure].filter((name) => shown.has(name)).length;
      expect(seen / truth.unsure.size).toBeGreaterThan(0.95);
    },
    60_000,
  );

  it('gives the same answer in whatever order it comes', async () => {
    const truth = truthSet(1_500, seed + 1);
    const before = await match(truth.lines, truth.legs);
    for (const again of [1, 2, 3]) {
      const next = seeded(again);
      expect(await match(shuffle(truth.lines, next), shuffle(truth.legs, next))).toEqual(before);
    }
  });
});

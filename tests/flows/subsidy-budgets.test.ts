import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { money, sum, toWire } from '../../src/money/money.ts';
import { BUDGET, payOut, SCHEME, type SubsidyDesk, subsidyDesk } from './subsidy-support.ts';

let s: SubsidyDesk;
let ids: string[];
let batch: string;
const NEXT = `subsidy-2027-${SCHEME}`;

beforeAll(async () => {
  s = await subsidyDesk();
  ids = [await s.decided(0, ['300.00', '100.00']), await s.decided(1, ['200.00'])];
  await s.createBudget('1000.00');
  batch = (await s.publish()).id;
}, 120_000);
afterAll(() => s.t.stop());

const propose = (kind: string, amount: string, key = s.finance, code = BUDGET) =>
  s.t.post(`budgets/${code}/changes`, { kind, amount, document: `${kind} 通知（测试）`, reason: '预算调整' }, key);
const decide = (id: string, verb: string, body: object = {}, key = s.cashier) =>
  s.t.post(`budget-changes/${id}/${verb}`, body, key);

describe('a budget', () => {
  it('is raised by two people; its money comes in by receipts', async () => {
    const { body } = await propose('increase', '50.00');
    expect(body).toMatchObject({ status: 'proposed', toMove: '0.00', explanation: { value: '1,050.00 元' } });
    expect((await propose('increase', '50.00')).body.id).toBe(body.id);
    expect((await propose('increase', '60.00')).body.code).toBe('CHANGE_OPEN');
    expect((await decide(body.id, 'approve', {}, s.finance)).body.code).toBe('SAME_PERSON');
    expect((await decide(body.id, 'approve')).body.status).toBe('approved');
    expect(await s.budget()).toMatchObject({ amount: '1050.00', initial: '1000.00', received: '1000.00' });
    const receipt = { amount: '50.00', receivedOn: '2026-09-01', receiptNo: 'R2' };
    expect((await s.t.post(`budgets/${BUDGET}/receipts`, receipt, s.finance)).body.received).toBe('1050.00');
    await s.agrees();
  });

  it('is cut down to what is promised of it and no further; what had come in goes back with the bank’s voucher', async () => {
    s.t.on('2026-09-10');
    await s.ok(`subsidy-batches/${batch}/allocate`, {}, s.finance);
    await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
    await payOut(s, batch, '2026-09-10');
    expect((await propose('decrease', '450.01')).body.code).toBe('BUDGET_PROMISED');
    const { body } = await propose('decrease', '150.00');
    expect(body.toMove).toBe('150.00');
    expect((await decide(body.id, 'approve')).body.code).toBe('VOUCHER_NEEDED');
    expect((await decide(body.id, 'approve', { voucherNo: 'SH1' })).body).toMatchObject({ moved: '150.00' });
    expect(await s.budget()).toMatchObject({ amount: '900.00', received: '900.00', deposits: '300.00' });
    await s.agrees();
    const turned = (await propose('decrease', '1.00')).body;
    expect((await decide(turned.id, 'refuse', { reason: '不必' })).body).toMatchObject({
      status: 'declined',
      moved: null,
    });
    await expect(s.t.pool.query('UPDATE subsidy_budget SET amount = 599.99 WHERE code = $1', [BUDGET])).rejects.toThrow(
      /BUDGET_EXCEEDED/,
    );
  });

  it('what is left at the end of the year is carried over to the next by two people, each book with its own entry', async () => {
    expect((await propose('carryOver', '100.00')).body.code).toBe('CARRY_OVER_EARLY');
    s.t.on('2026-12-31');
    expect((await propose('carryOver', '100.00')).body.code).toBe('NEXT_BUDGET_MISSING');
    await s.createBudget('500.00', 2027);
    const { body } = await propose('carryOver', '300.00');
    expect((await decide(body.id, 'approve', { voucherNo: 'JZ1' })).body).toMatchObject({ moved: '300.00' });
    expect(await s.budget()).toMatchObject({ amount: '600.00', available: '0.00', deposits: '0.00' });
    const next = (await s.t.get(`budgets/${NEXT}`, s.finance)).body;
    expect(next).toMatchObject({ amount: '800.00', initial: '500.00', received: '800.00', deposits: '800.00' });
    const { body: list } = await s.t.get(`budgets/${BUDGET}/changes`, s.t.key('auditor'));
    expect(list.items.map(({ kind, status }: Record<string, string>) => `${kind} ${status}`)).toEqual([
      ...['increase approved', 'decrease approved', 'decrease declined', 'carryOver approved'],
    ]);
    await s.agrees();
  });

  it('agrees with its book after any clawbacks, and what is paid less what came back never passes budget or grant', async () => {
    const step = fc.record({
      line: fc.constantFrom<[string, number]>([ids[0]!, 1], [ids[0]!, 2], [ids[1]!, 1]),
      fen: fc.integer({ min: 1, max: 15_000 }),
      part: fc.integer({ min: 1, max: 100 }),
    });
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        await Promise.all(
          steps.map(async ({ line: [applicationId, place], fen, part }) => {
            serial += 1;
            const [n, amount] = [serial, toWire(money('0.01').times(fen))];
            const asked = { applicationId, place, amount, ground: 'overpaid', reason: `第 ${n} 次`, evidence: '核查' };
            const { status, body } = await s.t.post('subsidy-clawbacks', asked, s.finance);
            if (status !== 201) return;
            await s.t.post(`subsidy-clawbacks/${body.id}/confirm`, {}, s.cashier);
            const some = money(amount).times(part).div(100).toDecimalPlaces(2);
            if (some.isZero()) return;
            const receipt = { amount: toWire(some), receivedOn: '2026-12-31', receiptNo: `P${n}` };
            await s.t.post(`subsidy-clawbacks/${body.id}/receipts`, receipt, s.finance);
          }),
        );
        await s.agrees();
        const b = await s.budget();
        expect(money(b.paid).minus(b.recovered).lte(b.amount)).toBe(true);
        const { rows } = await s.t.pool.query(
          `SELECT l.granted::text AS granted, coalesce(sum(c.amount), 0)::text AS back FROM subsidy_line l
             LEFT JOIN subsidy_clawback c ON c.line_id = l.id AND c.status NOT IN ('declined', 'cancelled') GROUP BY l.id`,
        );
        for (const { granted, back } of rows) expect(money(back).lte(granted)).toBe(true);
        const { body } = await s.t.get('subsidy-clawbacks?limit=200', s.finance);
        const owed = body.items.filter(({ status }: { status: string }) => status !== 'proposed');
        expect(b.clawedBack).toBe(toWire(sum(owed.map(({ amount }: { amount: string }) => money(amount)))));
      }),
      { numRuns: 6 },
    );
  });
});

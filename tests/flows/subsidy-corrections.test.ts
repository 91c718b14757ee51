import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { toWire } from '../../src/money/money.ts';
import { historyOf } from '../../src/subsidies/facts-store.ts';
import { paperSays, papersIssued, papersOf } from '../support/subsidy-documents.ts';
import { APPLICANTS, payOut, SCHEME, type SubsidyDesk, subsidyDesk } from './subsidy-support.ts';

let s: SubsidyDesk;
let ids: string[];
let batch: string;
const asked = (more: object = {}) => ({ cause: 'rule', reason: '比例更正', evidence: '更正通知〔2026〕2 号', ...more });
const correct = (n: number, body: object = asked()) =>
  s.t.post(`subsidy-applications/${ids[n]}/corrections`, body, s.finance);
const application = async (n: number) => (await s.t.get(`subsidy-applications/${ids[n]}`, s.finance)).body;
const approve = async (id: string) => s.ok(`subsidy-supplements/${id}/approve`, {}, s.region);
const premiumAt = (percent: string) => ({
  rows: [{ label: '保费', counts: { of: 'paid' }, percent }],
  rounding: { unit: '分', mode: 'halfEven' },
});
/** A line as it should have been stated. */
const restated = async (n: number, more: object) => {
  const [line] = (await application(n)).request.lines;
  return asked({ cause: 'facts', reason: '保费部分退回', lines: [{ place: 1, line: { ...line, ...more } }] });
};

beforeAll(async () => {
  s = await subsidyDesk();
  ids = [];
  for (const amounts of [['100.00', '200.00'], ['300.00'], ['400.00'], ['50.00']]) {
    ids.push(await s.decided(ids.length, amounts));
  }
  await s.createBudget('1200.00');
  batch = (await s.publish()).id;
  s.t.on('2026-09-10');
  await s.ok(`subsidy-batches/${batch}/allocate`, {}, s.finance);
}, 120_000);
afterAll(() => s.t.stop());

describe('a granted subsidy corrected', () => {
  it('is not corrected before it is approved: then its allocation is made anew', async () => {
    expect((await correct(0)).body.code).toBe('CORRECTION_STEP');
    await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
  });

  it('before it is ordered, what will be ordered is less; nothing left is refused', async () => {
    const less = await correct(2, await restated(2, { paid: '600.00' }));
    expect(less.body.items[0]).toMatchObject({
      decidedBefore: '400.00',
      decidedAfter: '300.00',
      difference: '-100.00',
    });
    expect((await correct(2, await restated(2, { paid: '500.00' }))).body.code).toBe('CORRECTION_OPEN');
    // The next correction begins with what this one told.
    expect(less.body.items[0].stated).toMatchObject({ paid: '600.00', policyNo: expect.any(String) });
    await approve(less.body.items[0].supplementId);
    const none = await correct(3, await restated(3, { class: 'motor' }));
    expect(none.body.items[0]).toMatchObject({ amountAfter: '0.00', difference: '-50.00' });
    await approve(none.body.items[0].supplementId);
    expect(await application(3)).toMatchObject({ status: 'refused', reason: '更正后不予补贴', decided: '50.00' });
    expect(await s.budget()).toMatchObject({ approved: '900.00', committed: '0.00', available: '300.00' });
    await s.agrees();
    await payOut(s, batch, '2026-09-10');
    expect((await application(2)).status).toBe('paid');
    expect((await s.budget()).paid).toBe('900.00');
    await s.agrees();
  });

  it('a rule that changes with a later date leaves it as it was, to the letter', async () => {
    const before = await application(0);
    await s.rule('premiumAmount', '2026-10-01', premiumAt('80'));
    s.t.on('2026-10-08');
    expect((await correct(0)).body.code).toBe('NOTHING_TO_CORRECT');
    expect(await application(0)).toEqual(before);
  });

  it('a rule corrected backwards grants the difference by a supplement of two people, beside the first decision', async () => {
    await s.rule('premiumAmount', '2026-01-01', premiumAt('60'));
    const tried = await s.t.post(`subsidy-applications/${ids[0]}/corrections/check`, asked(), s.finance);
    expect(tried.body.items.map(({ difference }: { difference: string }) => difference)).toEqual(['20.00', '40.00']);
    expect((await s.t.get(`subsidy-applications/${ids[0]}/corrections`, s.finance)).body.total).toBe(0);
    const { body } = await correct(0);
    expect(body.items[0]).toMatchObject({ decidedBefore: '100.00', decidedAfter: '120.00', difference: '20.00' });
    expect(body.items[0].cites.map(({ document }: { document: string }) => document)).toContain(
      '关于调整补贴办法的通知（测试）',
    );
    expect(body.items[0].explanation.inputs.map(({ label }: { label: string }) => label)).toContain('原核定金额');
    expect(await s.budget()).toMatchObject({ committed: '60.00', available: '240.00' });
    // What a correction keeps for an enterprise counts under its caps before it is approved, whatever is decided meanwhile.
    const uscc = APPLICANTS[0]!.uscc;
    const before = await inTransaction(s.t.contextOf(), (tx) => historyOf(tx, SCHEME, 2026, [uscc], []));
    expect(before.get(uscc)!.earlier.map(({ amount }) => toWire(amount))).toEqual(['360.00']);
    await s.agrees();
    const { body: open } = await s.t.get(`subsidy-batches/${batch}/supplements`, s.finance);
    const own = open.items.filter(({ status }: { status: string }) => status === 'proposed');
    expect((await s.t.post(`subsidy-supplements/${own[0].id}/approve`, {}, s.finance)).status).toBe(403);
    for (const { id } of own) {
      await approve(id);
      await s.ok(`subsidy-supplements/${id}/order`, { orderNo: '更正' }, s.finance);
    }
    const { body: list } = await s.t.get(`subsidy-batches/${batch}/payments`, s.finance);
    const payments = list.items
      .filter(({ status }: { status: string }) => status === 'ordered')
      .map(({ id }: { id: string }) => ({ paymentId: id, voucherNo: `C${id}` }));
    await s.ok(`subsidy-batches/${batch}/pay`, { paidOn: '2026-10-08', payments }, s.cashier);
    const after = await application(0);
    expect([after.status, after.decided, after.granted]).toEqual(['paid', '300.00', '300.00']);
    expect(after.lines.map(({ decided }: { decided: string }) => decided)).toEqual(['100.00', '200.00']);
    expect(await s.budget()).toMatchObject({ committed: '0.00', paid: '960.00', available: '240.00' });
    await s.agrees();
    expect((await correct(0)).body.code).toBe('NOTHING_TO_CORRECT');
  });

  it('facts corrected claim the difference back, confirmed by another; the rule is still corrected after that', async () => {
    const { body } = await correct(1, await restated(1, { paid: '500.00' }));
    expect(body.items[0]).toMatchObject({ amountBefore: '300.00', amountAfter: '250.00', difference: '-50.00' });
    const back = (await s.t.get(`subsidy-clawbacks/${body.items[0].clawbackId}`, s.finance)).body;
    expect(back).toMatchObject({ status: 'proposed', ground: 'correction', amount: '50.00', bannedUntil: null });
    await s.ok(`subsidy-clawbacks/${back.id}/confirm`, {}, s.cashier);
    const more = await correct(1);
    expect(more.body.items.at(-1)).toMatchObject({
      decidedBefore: '250.00',
      decidedAfter: '300.00',
      difference: '50.00',
    });
    expect((await application(1)).decided).toBe('300.00');
    await s.agrees();
  });

  it('what the budget does not have is not granted: first it is raised', async () => {
    await s.rule('premiumAmount', '2026-02-01', premiumAt('90'));
    s.t.on('2026-10-09');
    const refused = await correct(2, asked());
    expect([refused.status, refused.body.code]).toEqual([409, 'BUDGET_EXCEEDED']);
    expect((await s.t.get(`subsidy-applications/${ids[2]}/corrections`, s.finance)).body.total).toBe(1);
    await s.agrees();
  });
});

describe('its papers', () => {
  it('a correction has a decision of its own beside the first; of what is refused after all the first is void', async () => {
    await papersIssued(s.t);
    const of = (n: number) => papersOf(s.t, `kind=subsidyDecision&subject=subsidy:${ids[n]}`, s.finance);
    const [first, corrected] = await of(2);
    expect([first!.title, first!.voidedOn, corrected!.title]).toEqual(['补贴决定书', null, '补贴更正决定书']);
    await paperSays(s.t, corrected!, [
      first!.number,
      '因保费部分退回，',
      '决定核减补贴 100.00 元',
      '更正后可补 ¥ 300.00',
    ]);
    const refusals = await papersOf(s.t, `kind=subsidyRefusal&subject=subsidy:${ids[3]}`, s.finance);
    await paperSays(s.t, refusals[0]!, ['更正后不予补贴。']);
  });
});

describe('a correction that waits, or was turned down', () => {
  it('keeps the batch from being ordered: the bank is told the amount that stands', async () => {
    await s.t.stop();
    s = await subsidyDesk();
    ids = [await s.decided(0, ['100.00']), await s.decided(1, ['100.00'])];
    await s.createBudget('200.00');
    batch = (await s.publish()).id;
    s.t.on('2026-09-10');
    await s.ok(`subsidy-batches/${batch}/allocate`, {}, s.finance);
    await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
    const less = await correct(0, await restated(0, { paid: '160.00' }));
    const order = () => s.t.post(`subsidy-batches/${batch}/order`, { orderNo: '金补〔2026〕1号' }, s.finance);
    expect((await order()).body.code).toBe('CORRECTION_OPEN');
    const { supplementId } = less.body.items[0];
    await s.ok(`subsidy-supplements/${supplementId}/return`, { reason: '发票有误' }, s.region);
    await payOut(s, batch, '2026-09-10');
    expect((await application(0)).status).toBe('paid');
    await s.agrees();
  });

  it('counts for nothing once it was turned down: the next starts from what stands', async () => {
    const first = await correct(0, await restated(0, { paid: '160.00' }));
    expect(first.body.items.at(-1)).toMatchObject({ decidedAfter: '80.00', difference: '-20.00' });
    await s.ok(`subsidy-clawbacks/${first.body.items.at(-1).clawbackId}/decline`, { reason: '证据有误' }, s.cashier);
    const { body: list } = await s.t.get(`subsidy-applications/${ids[0]}/corrections`, s.finance);
    expect(list.items.at(-1).stated).toBe(null);
    const again = await correct(0, await restated(0, { paid: '190.00' }));
    expect(again.body.items.at(-1)).toMatchObject({
      ...{ amountBefore: '100.00', decidedBefore: '100.00', decidedAfter: '95.00', difference: '-5.00' },
    });
  });
});

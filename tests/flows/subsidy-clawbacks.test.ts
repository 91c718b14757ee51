import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperSays, papersIssued, papersOf } from '../support/subsidy-documents.ts';
import { APPLICANTS, BUDGET, type PaidSubsidies, paidSubsidies } from './subsidy-support.ts';

let s: PaidSubsidies;
beforeAll(async () => {
  s = await paidSubsidies([['1000.00'], ['2000.00', '3000.00'], ['4000.00']]);
}, 120_000);
afterAll(() => s.t.stop());

const propose = (n: number, amount: string, more: object = {}, key = s.finance) =>
  s.t.post(
    'subsidy-clawbacks',
    {
      ...{ applicationId: s.ids[n], place: 1, amount, ground: 'ineligible', reason: '年度审计发现保单已退保' },
      ...{ evidence: '审计报告〔2026〕3 号', ...more },
    },
    key,
  );
const act = (id: string, verb: string, key: string, body: object = {}) =>
  s.t.post(`subsidy-clawbacks/${id}/${verb}`, body, key);
const ordered = async (n: number, amount: string, more: object = {}) => {
  const { body } = await propose(n, amount, more);
  const answer = await act(body.id, 'confirm', s.cashier);
  expect([answer.status, answer.body]).toMatchObject([200, { status: 'ordered' }]);
  return body.id as string;
};
const receipt = (amount: string, receiptNo: string, receivedOn = '2026-09-10') => ({ amount, receivedOn, receiptNo });

describe('a clawback', () => {
  it('is proposed by one and confirmed by another, never by who proposed it', async () => {
    const first = await propose(0, '100.00');
    expect([first.status, first.body]).toMatchObject([201, { status: 'proposed', amount: '100.00', creditedTo: null }]);
    const again = await propose(0, '100.00');
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    expect((await act(first.body.id, 'confirm', s.finance)).body.code).toBe('SAME_PERSON');
    expect((await act(first.body.id, 'confirm', s.region)).status).toBe(403);
    const { body } = await act(first.body.id, 'confirm', s.cashier, { opinion: '同意' });
    expect(body).toMatchObject({ status: 'ordered', creditedTo: 'expense', outstanding: '100.00', bannedUntil: null });
    expect(body.cites[0]).toMatchObject({
      document: expect.stringMatching(/.+/),
      article: expect.stringMatching(/.+/),
    });
    expect(body.explanation.label).toBe('追回金额');
    expect((await act(first.body.id, 'confirm', s.cashier)).status).toBe(200);
  });

  it('is seen by its enterprise once it is decided, without who decided it; by no other enterprise', async () => {
    const { body: open } = await propose(2, '10.00');
    expect((await s.t.get(`subsidy-clawbacks/${open.id}`, s.enterprises[2]!)).status).toBe(404);
    await act(open.id, 'confirm', s.cashier);
    const { body } = await s.t.get(`subsidy-clawbacks/${open.id}`, s.enterprises[2]!);
    expect(body).toMatchObject({ status: 'ordered', evidence: null, proposedByName: null, reason: expect.any(String) });
    expect((await s.t.get(`subsidy-clawbacks/${open.id}`, s.enterprises[0]!)).status).toBe(404);
    const { body: list } = await s.t.get('subsidy-clawbacks', s.enterprises[2]!);
    expect(list.total).toBe(1);
    const inside = (await s.t.get(`subsidy-clawbacks/${open.id}`, s.finance)).body;
    expect(inside).toMatchObject({ evidence: '审计报告〔2026〕3 号', proposedByName: expect.any(String) });
  });

  it('comes in in parts, each receipt once, never more than was ordered; in the year of payment it may be granted again', async () => {
    const before = (await s.budget()).available as string;
    const id = await ordered(1, '600.00');
    expect((await act(id, 'receipts', s.finance, receipt('600.01', 'B1'))).body.code).toBe('RECEIVED_TOO_MUCH');
    expect((await act(id, 'receipts', s.finance, receipt('200.00', 'B1'))).body).toMatchObject({
      ...{ status: 'ordered', received: '200.00', outstanding: '400.00' },
    });
    expect((await act(id, 'receipts', s.finance, receipt('200.00', 'B1'))).body.received).toBe('200.00');
    expect((await act(id, 'receipts', s.finance, receipt('100.00', 'B1'))).body.code).toBe('RECEIPT_CONFLICT');
    const future = await act(id, 'receipts', s.finance, receipt('100.00', 'B2', '2026-09-30'));
    expect(future.body.code).toBe('DAY_OUTSIDE');
    expect((await act(id, 'cancel', s.finance, { reason: '误' })).body.code).toBe('CLAWBACK_RECEIVED');
    expect((await act(id, 'receipts', s.finance, receipt('400.00', 'B2'))).body.status).toBe('received');
    expect((await act(id, 'remittances', s.finance)).body.code).toBe('NOTHING_TO_REMIT');
    const after = await s.budget();
    expect(Number(after.available) - Number(before)).toBe(600);
    expect(after.recovered).toBe('600.00');
    await s.agrees();
  });

  it('is cancelled by two while nothing has come in; its entry is reversed and nothing is owed', async () => {
    const before = await s.balances();
    const id = await ordered(2, '50.00', { ground: 'fraud' });
    expect((await act(id, 'cancel', s.finance, { reason: '证据有误' })).body.cancelling).toBe(true);
    expect((await act(id, 'cancel/confirm', s.finance)).body.code).toBe('SAME_PERSON');
    expect((await act(id, 'cancel/refuse', s.cashier)).body).toMatchObject({ status: 'ordered', cancelling: false });
    await act(id, 'cancel', s.finance, { reason: '证据有误' });
    const waits = async (key: string): Promise<string[]> =>
      (await s.t.get('home', key)).body.todo.map(({ title }: { title: string }) => title);
    expect(await waits(s.cashier)).toContain('待复核的撤销补贴追回');
    expect(await waits(s.finance)).not.toContain('待复核的撤销补贴追回');
    const { body } = await act(id, 'cancel/confirm', s.cashier);
    expect(body).toMatchObject({ status: 'cancelled', ban: null, bannedUntil: null });
    expect(await s.balances()).toEqual(before);
    await s.agrees();
  });

  it('never takes back more of a line than was paid of it, however many ask at once', async () => {
    const tooMuch = await propose(0, '900.01');
    expect([tooMuch.status, tooMuch.body.code]).toEqual([409, 'CLAWBACK_TOO_HIGH']);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        propose(0, '100.00', { reason: `第 ${i} 次` }, i % 2 ? s.finance : s.cashier),
      ),
    );
    expect(answers.filter(({ status }) => status === 201).length).toBe(9);
    const { rows } = await s.t.pool.query(
      "SELECT line_id FROM subsidy_clawback WHERE application_id = $1 AND status = 'proposed' LIMIT 1",
      [s.ids[0]],
    );
    await expect(
      s.t.pool.query(
        `INSERT INTO subsidy_clawback (application_id, line_id, budget_code, scheme_code, year, enterprise_uscc, enterprise_name, ground, reason, evidence, amount, status, cites, explanation, proposed_by, proposed_on)
         SELECT application_id, line_id, budget_code, scheme_code, year, enterprise_uscc, enterprise_name, ground, reason, evidence, 0.01, 'proposed', cites, explanation, proposed_by, proposed_on
           FROM subsidy_clawback WHERE line_id = $1 LIMIT 1`,
        [rows[0].line_id],
      ),
    ).rejects.toThrow(/CLAWBACK_TOO_HIGH/);
    const last = answers.find(({ status }) => status === 201)!.body.id;
    const by = (await s.t.get(`subsidy-clawbacks/${last}`, s.finance)).body.proposedByName;
    const other = by === (await s.nameOf(s.finance)) ? s.cashier : s.finance;
    expect((await act(last, 'decline', other, { reason: '证据不足' })).body.status).toBe('declined');
    expect((await propose(0, '100.00', { reason: '另行提出' })).status).toBe(201);
  });

  it('of a paid line keeps the bank’s return away: what is claimed back was paid', async () => {
    const { rows } = await s.t.pool.query('SELECT id::text FROM subsidy_payment WHERE application_id = $1', [s.ids[1]]);
    const back = await s.t.post(
      `subsidy-payments/${rows[0].id}/return`,
      { returnedOn: '2026-09-10', reason: '账号' },
      s.finance,
    );
    expect(back.body.code).toBe('CLAWBACK_LIVE');
  });

  it('for false papers bars the enterprise from every scheme the clause names, by document and article, from that day', async () => {
    await ordered(1, '100.00', { ground: 'fraud', reason: '保单系伪造' });
    const request = s.request([s.premium()], APPLICANTS[1]!.name);
    const { status, body } = await s.t.post('subsidy-applications/check', request, s.enterprises[1]!);
    expect([status, body.eligible]).toEqual([200, false]);
    const ban = body.checks.find(({ code }: { code: string }) => code === 'APPLICANT_BANNED');
    expect(ban).toMatchObject({ value: '2029-09-10', message: expect.stringContaining('2029-09-10 以前不得申报') });
    expect(ban.cites[0]).toMatchObject({ document: expect.stringMatching(/.+/), article: expect.stringMatching(/.+/) });
    const other = await s.t.post('subsidy-applications/check', { ...request, scheme: 'hefei-2023' }, s.enterprises[1]!);
    expect(other.body.checks.map(({ code }: { code: string }) => code)).toContain('APPLICANT_BANNED');
    const free = await s.t.post('subsidy-applications/check', request, s.enterprises[2]!);
    expect(free.body.checks.map(({ code }: { code: string }) => code)).not.toContain('APPLICANT_BANNED');
  });

  it('of an earlier year belongs to the treasury: handed over by two, and its budget does not grow', async () => {
    s.t.on('2027-02-01');
    const before = (await s.budget()).available;
    const id = await ordered(2, '300.00');
    expect((await act(id, 'receipts', s.finance, receipt('300.00', 'B9', '2027-02-01'))).body).toMatchObject({
      ...{ creditedTo: 'treasury', status: 'received' },
    });
    const { body } = await act(id, 'remittances', s.finance);
    const [order] = body.remittances;
    expect(order).toMatchObject({ amount: '300.00', status: 'ordered' });
    const paid = { paidOn: '2027-02-01', voucherNo: 'JK1' };
    expect((await act(id, `remittances/${order.id}/pay`, s.finance, paid)).body.code).toBe('SAME_PERSON');
    expect((await act(id, `remittances/${order.id}/pay`, s.cashier, paid)).body.status).toBe('remitted');
    expect((await act(id, `remittances/${order.id}/pay`, s.cashier, paid)).status).toBe(200);
    const after = await s.budget();
    expect([after.available, after.remitted]).toEqual([before, '300.00']);
    await s.agrees();
  });

  it('leaves of every line what was paid of it, what is back and what may still be claimed', async () => {
    const { body } = await s.t.get(`subsidy-applications/${s.ids[1]}/funds`, s.enterprises[1]!);
    expect(body).toMatchObject({ granted: '5000.00', paid: '5000.00', clawedBack: '700.00', recovered: '600.00' });
    expect(body.lines.map(({ paid, claimable }: Record<string, string>) => [paid, claimable])).toEqual([
      ['2000.00', '1300.00'],
      ['3000.00', '3000.00'],
    ]);
    expect((await s.t.get(`subsidy-applications/${s.ids[1]}/funds`, s.enterprises[0]!)).status).toBe(404);
  });

  it('stands in a list that is searched, filtered and put in order', async () => {
    const { body } = await s.t.get('subsidy-clawbacks?status=remitted&sort=-amount', s.finance);
    expect(body.items.map(({ amount }: { amount: string }) => amount)).toEqual(['300.00']);
    const { body: fraud } = await s.t.get('subsidy-clawbacks?ground=fraud&sort=enterpriseName', s.t.key('auditor'));
    expect(fraud.total).toBe(2);
    expect((await s.t.get('subsidy-clawbacks', s.t.key('bank'))).status).toBe(403);
  });
});

describe('a clawback across the turn of the year', () => {
  it('ordered in the year of payment and received in the next may be carried over or returned: nothing stays behind', async () => {
    await s.t.stop();
    s = await paidSubsidies([['1000.00']]);
    const id = await ordered(0, '300.00');
    s.t.on('2027-01-08');
    expect((await act(id, 'receipts', s.finance, receipt('300.00', 'B1', '2027-01-08'))).body.status).toBe('received');
    expect(await s.budget()).toMatchObject({ deposits: '300.00', available: '300.00' });
    const cut = { kind: 'decrease', amount: '300.00', document: '收回通知', reason: '上年追回的补贴' };
    const { id: change } = await s.ok(`budgets/${BUDGET}/changes`, cut, s.finance);
    await s.ok(`budget-changes/${change}/approve`, { voucherNo: 'SH1' }, s.cashier);
    expect(await s.budget()).toMatchObject({ amount: '700.00', deposits: '0.00', available: '0.00' });
  });

  it('given back by the enterprise itself came before anybody decided: the receipt keeps its day, the books begin with the decision', async () => {
    const early = await ordered(0, '50.00');
    const refused = await act(early, 'receipts', s.finance, receipt('50.00', 'B2', '2027-01-05'));
    expect(refused.body.code).toBe('DAY_OUTSIDE');
    const id = await ordered(0, '100.00', { ground: 'voluntary', reason: '企业自查，主动退回' });
    expect((await act(id, 'receipts', s.finance, receipt('100.00', 'B3', '2026-09-09'))).body.code).toBe('DAY_OUTSIDE');
    const { body } = await act(id, 'receipts', s.finance, receipt('100.00', 'B3', '2027-01-05'));
    expect(body).toMatchObject({ status: 'received', receipts: [{ receivedOn: '2027-01-05', receiptNo: 'B3' }] });
    const { rows } = await s.t.pool.query('SELECT occurred_on::text AS on FROM ledger.entry WHERE reference = $1', [
      `clawback:${id}:received:B3`,
    ]);
    expect(rows).toEqual([{ on: '2027-01-08' }]);
    const { body: own } = await s.t.get(`subsidy-applications/${s.ids[0]}`, s.enterprises[0]!);
    expect(own.nextStep).toMatchObject({
      ...{ whose: '企业', sentence: '已拨付 1,000.00 元，按追回决定尚须退回 50.00 元，退回的账户见决定书。' },
    });
    await papersIssued(s.t);
    const [paper] = await papersOf(s.t, `kind=subsidyClawback&subject=subsidy:${s.ids[0]}:clawback:${id}`, s.finance);
    await paperSays(s.t, paper!, ['已经退回的，不必再次汇款']);
    await s.agrees();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { putOnFile } from '../support/subsidy-papers.ts';

let t: Demonstration;
let enterprise: string;
let county: string;
let region: string;
let second: string;
let finance: string;
let cashier: string;
const USCC = '916401212972756293';
const SCHEME = 'ningxia-tech-finance-subsidy';
const NAME = '银川源禾精密机械有限公司';

beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-08-31');
  enterprise = await t.keyFor({ role: 'enterprise', enterpriseUscc: USCC });
  [county, region, second] = [
    t.key('countyReviewer', 'yinchuan-st'),
    t.key('regionalReviewer'),
    t.key('regionalReviewer', undefined, true),
  ];
  [finance, cashier] = [t.key('finance'), t.key('finance', undefined, true)];
  // Batches close with August, so that one is published on the next day.
  const citation = { document: '关于调整补贴办法的通知（测试）', article: '第一条', confirmed: false, mark: 'A' };
  const value = { closeOn: ['04-30', '08-31'] };
  const version = { clauseId: `${SCHEME}.batches`, effectiveFrom: '2026-01-01', value, citation };
  const { body } = await t.post('policy-versions', version, region);
  await t.post(`policy-versions/${body.id}/approve`, {}, second);
}, 120_000);
afterAll(() => t.stop());

let serial = 0;
const premium = (more: object = {}) => {
  serial += 1;
  return {
    ...{
      kind: 'premium',
      name: '研发责任保险',
      counterparty: '人保财险宁夏分公司',
      class: 'I',
      policyNo: `P${serial}`,
    },
    ...{ invoiceNos: [`${26640000000000000000n + BigInt(serial)}`], paid: '1000.00', paidOn: '2026-03-05' },
    ...{ startsOn: '2026-03-01', endsOn: '2027-03-01', ...more },
  };
};
const request = (lines: object[], more: object = {}) => ({
  ...{ scheme: SCHEME, pledged: true, lines },
  payee: { accountName: NAME, bankName: '宁夏银行', accountNo: '6400100200000001' },
  ...more,
});
const draft = async (body: object, key = enterprise) => {
  const answer = await t.post('subsidy-applications', body, key);
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body.id as string;
};
const act = (id: string, verb: string, key: string, body: object = {}) =>
  t.post(`subsidy-applications/${id}/${verb}`, body, key);
/** A draft with all its papers. */
const prepared = async (body: object, key = enterprise) => {
  const id = await draft(body, key);
  await putOnFile(t, id);
  return id;
};
const submitted = async (lines: object[] = [premium()], key = enterprise) => {
  const id = await prepared(request(lines), key);
  const answer = await act(id, 'submit', key);
  expect([answer.status, answer.body]).toMatchObject([200, { status: 'submitted' }]);
  return id;
};
const decided = async (lines?: object[], key?: string) => {
  const id = await submitted(lines, key);
  await act(id, 'recommend', county);
  await act(id, 'review', region);
  await act(id, 'audit', finance);
  const answer = await act(id, 'decide', second);
  expect([answer.status, answer.body]).toMatchObject([200, { status: 'decided' }]);
  return id;
};

describe('an application on its way', () => {
  it('is checked without being kept: what it may bring, what it lacks, each by its field', async () => {
    const good = await t.post('subsidy-applications/check', request([premium()]), enterprise);
    expect(good.body).toMatchObject({ eligible: true, amount: '500.00' });
    expect(new Set(good.body.missing.map(({ code }: { code: string }) => code))).toEqual(new Set(['PAPER_MISSING']));
    const { paid: _, ...unpaid } = premium();
    const bad = await t.post('subsidy-applications/check', request([unpaid], { pledged: false }), enterprise);
    const faults = bad.body.missing.map(({ code, field }: { code: string; field: string }) => [code, field]);
    expect(faults).toEqual([
      ['PLEDGE_MISSING', 'pledged'],
      ['FIELD_MISSING', 'lines.0.paid'],
      ...Array(6).fill(['PAPER_MISSING', 'papers']),
    ]);
    expect((await t.get('subsidy-applications', enterprise)).body.total).toBe(0);
  });

  it('is not submitted while something is missing; the refusal cites document and article', async () => {
    const id = await prepared(request([premium({ class: 'motor' })], { pledged: false }));
    const { status, body } = await act(id, 'submit', enterprise);
    expect([status, body.code]).toEqual([422, 'APPLICATION_REFUSED']);
    for (const fault of body.errors) {
      expect(fault).toMatchObject({
        field: expect.any(String),
        cites: [{ document: expect.stringMatching(/《.+》/) }],
      });
    }
    const changed = await t.call('PUT', `subsidy-applications/${id}`, { key: enterprise, body: request([premium()]) });
    expect(changed.body).toMatchObject({ status: 'draft', demand: '500.00' });
    expect((await act(id, 'submit', enterprise)).status).toBe(200);
    expect((await act(id, 'withdraw', enterprise)).body.status).toBe('withdrawn');
  });

  it('cannot ask for what is not paid yet, be it a premium or interest by its receipt', async () => {
    const [today, tomorrow] = ['2026-08-31', '2026-09-01'];
    const receipt = { voucherNo: 'F9', from: '2026-01-21', to: '2026-02-21', kind: 'normal', amount: '10.00' };
    const loan = { kind: 'interest', name: '贷款利息', counterparty: '宁夏银行', contractNo: 'C9', dueBillNo: 'D9' };
    const vouchers = [today, tomorrow].map((paidOn) => ({ ...receipt, paidOn }));
    const lines = [premium({ paidOn: today }), premium({ paidOn: tomorrow }), { ...loan, vouchers }];
    const later = (all: { code: string }[]) => all.filter(({ code }) => code === 'PAID_LATER');
    const { body } = await t.post('subsidy-applications/check', request(lines), enterprise);
    expect(later(body.missing)).toMatchObject([
      { field: 'lines.1.paidOn', value: tomorrow, message: expect.stringContaining(`晚于申请日期 ${today}`) },
      { field: 'lines.2.vouchers.1.paidOn', value: tomorrow },
    ]);
    const { status, body: refused } = await act(await prepared(request(lines)), 'submit', enterprise);
    expect([status, later(refused.errors).length]).toEqual([422, 2]);
  });

  it('is seen by nobody while it is a draft, and by its county and the region once submitted', async () => {
    const id = await prepared(request([premium()]));
    expect((await t.get(`subsidy-applications/${id}`, region)).status).toBe(404);
    expect((await t.get(`subsidy-applications/${id}`, county)).status).toBe(404);
    await act(id, 'submit', enterprise);
    expect((await t.get(`subsidy-applications/${id}`, county)).status).toBe(200);
    expect((await t.get(`subsidy-applications/${id}`, t.key('countyReviewer', 'pingluo-st'))).status).toBe(404);
  });

  it('goes from hand to hand, and nobody checks twice', async () => {
    const id = await submitted();
    expect((await act(id, 'review', region)).body.code).toBe('APPLICATION_STEP');
    expect((await act(id, 'recommend', region)).body.code).toBe('NOT_YOUR_TURN');
    expect((await act(id, 'recommend', county)).body.status).toBe('recommended');
    expect((await act(id, 'recommend', county)).status).toBe(200);
    expect((await act(id, 'review', region)).body.status).toBe('reviewed');
    expect((await act(id, 'audit', finance)).body.status).toBe('audited');
    expect((await act(id, 'decide', region)).body.code).toBe('SAME_PERSON');
    const less = [{ place: 1, amount: '400.00' }];
    expect((await act(id, 'decide', second, { lines: less })).body.code).toBe('REASON_NEEDED');
    const more = [{ place: 1, amount: '500.01', reason: '多' }];
    expect((await act(id, 'decide', second, { lines: more })).body.code).toBe('DECISION_TOO_HIGH');
    const cut = [{ place: 1, amount: '400.00', reason: '凭证一处不清' }];
    expect((await act(id, 'decide', second, { lines: cut })).body).toMatchObject({
      status: 'decided',
      decided: '400.00',
    });
  });

  it('sent back keeps its place and day, and its rules', async () => {
    const id = await submitted();
    const before = (await t.get(`subsidy-applications/${id}`, enterprise)).body;
    expect((await act(id, 'return', county, { reason: '补充发票' })).body.status).toBe('returned');
    t.on('2026-09-10');
    const { body } = await act(id, 'submit', enterprise);
    t.on('2026-08-31');
    expect(body).toMatchObject({ status: 'submitted', appliedOn: before.appliedOn, receivedNo: before.receivedNo });
  });
});

describe('nothing is used twice', () => {
  it('a policy or an invoice in use is refused, in another year and to another enterprise too, without saying whose', async () => {
    const line = premium();
    const first = await submitted([line]);
    const twin = premium({ policyNo: line.policyNo });
    const invoice = premium({ invoiceNos: line.invoiceNos });
    for (const again of [twin, invoice]) {
      const id = await prepared(request([again]));
      const { body } = await act(id, 'submit', enterprise);
      expect(body.errors).toMatchObject([{ code: 'USED_BEFORE' }]);
      expect(JSON.stringify(body)).not.toContain(USCC);
    }
    await act(first, 'withdraw', enterprise);
    const id = await prepared(request([premium({ policyNo: line.policyNo })]));
    expect((await act(id, 'submit', enterprise)).status).toBe(200);
  });

  it('nor by two lines of one application, which may only share an invoice', async () => {
    const line = premium();
    const twin = { ...premium(), policyNo: `${line.policyNo.toLowerCase()} ` };
    const check = (lines: object[]) => t.post('subsidy-applications/check', request(lines), enterprise);
    const found = ({ body }: Awaited<ReturnType<typeof check>>) =>
      body.missing.filter(({ code }: { code: string }) => code === 'USED_TWICE');
    const [fault, ...more] = found(await check([line, premium(), twin]));
    expect([fault, more]).toMatchObject([
      { field: 'lines.2', value: line.policyNo, message: expect.stringContaining('第 3 项的保险单') },
      [],
    ]);
    expect(fault.cites[0]).toMatchObject({ document: expect.stringMatching(/《.+》/) });
    expect(found(await check([line, premium({ invoiceNos: line.invoiceNos })]))).toEqual([]);
    const id = await prepared(request([line, twin]));
    expect((await act(id, 'submit', enterprise)).body.errors).toMatchObject([{ code: 'USED_TWICE' }]);
    const receipt = { voucherNo: 'F1', paidOn: '2026-04-21', from: '2026-03-21', to: '2026-04-21', amount: '5000.00' };
    const loan = { kind: 'interest', name: '贷款利息', counterparty: '宁夏银行', contractNo: 'C1', dueBillNo: 'D1' };
    const vouchers = ['normal', 'penalty', 'normal'].map((kind) => ({ ...receipt, kind }));
    expect(found(await check([{ ...loan, vouchers }]))).toMatchObject([{ field: 'lines.0', value: 'F1' }]);
    // Another number for the same days may be the rest of a month: whoever reviews is told.
    const months = ['F1', 'F2'].map((voucherNo) => ({ ...receipt, voucherNo, kind: 'normal' }));
    const { body } = await check([{ ...loan, vouchers: months }]);
    const told = body.lines[0].checks.find(({ code }: { code: string }) => code === 'VOUCHERS_OVERLAP');
    expect(told).toMatchObject({
      verdict: 'warn',
      value: 'F2',
      cites: [{ document: expect.stringMatching(/《.+》/) }],
    });
  });

  it('twenty submissions of the same policy at once: one goes through, whatever the order', async () => {
    const line = premium();
    const ids = [];
    for (let i = 0; i < 20; i++) ids.push(await prepared(request([{ ...line, invoiceNos: premium().invoiceNos }])));
    const answers = await Promise.all(ids.map((id) => act(id, 'submit', enterprise)));
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
    const live = await t.pool.query(
      "SELECT count(*)::int AS n FROM subsidy_use WHERE live AND kind = 'policy' AND key LIKE $1",
      [`%|${line.policyNo}`],
    );
    expect(live.rows).toEqual([{ n: 1 }]);
  });

  it('the database itself refuses a second use', async () => {
    const { rows } = await t.pool.query(
      'SELECT application_id, enterprise_uscc, kind, key FROM subsidy_use WHERE live LIMIT 1',
    );
    const [{ application_id, enterprise_uscc, kind, key }] = rows;
    await expect(
      t.pool.query('INSERT INTO subsidy_use (application_id, enterprise_uscc, kind, key) VALUES ($1, $2, $3, $4)', [
        ...[application_id, enterprise_uscc, kind, key],
      ]),
    ).rejects.toThrow(/subsidy_used_once/);
  });
});

describe('caps and budgets hold', () => {
  it('twelve applications of one enterprise decided at once never pass its 300,000.00 a year', async () => {
    const other = '91640104MA34831041';
    const key = await t.keyFor({ role: 'enterprise', enterpriseUscc: other });
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) {
      const id = await submitted([premium({ paid: '100000.00' })], key);
      ids.push(id);
    }
    for (const [step, by] of [
      ['recommend', county],
      ['review', region],
      ['audit', finance],
    ] as const) {
      expect((await t.post('subsidy-applications/steps', { step, ids }, by)).status).toBe(200);
    }
    const answers = await Promise.all(ids.map((id) => act(id, 'decide', second)));
    const { rows } = await t.pool.query(
      "SELECT sum(decided)::text AS total FROM subsidy_application WHERE enterprise_uscc = $1 AND status = 'decided'",
      [other],
    );
    expect(rows).toEqual([{ total: '300000.00' }]);
    expect(answers.filter(({ status }) => status === 200).length).toBe(6);
    expect(answers.filter(({ status }) => status === 422).map(({ body }) => body.code)).toEqual(
      Array(6).fill('NOTHING_TO_GRANT'),
    );
  });

  it('fifty approvals of an allocation at once book it once, and never pass the budget', async () => {
    const id = await decided([premium({ paid: '20000.00' })]);
    const open = await t.pool.query(
      "SELECT id::text, status FROM subsidy_application WHERE status IN ('submitted', 'recommended', 'reviewed', 'audited', 'returned')",
    );
    for (const row of open.rows) {
      const by = row.status === 'returned' ? null : region;
      if (by) await act(row.id, 'refuse', by, { reason: '测试' });
    }
    const budget = {
      ...{ scheme: SCHEME, year: 2026, name: '2026 年补贴预算', document: '预算批复（测试）', amount: '150000.00' },
      ...{ accountNo: '6400100155550009', accountName: '科技厅', bankName: '宁夏银行' },
    };
    expect((await t.post('budgets', budget, finance)).status).toBe(201);
    expect((await t.post('budgets', budget, finance)).status).toBe(200);
    expect((await t.post('budgets', { ...budget, amount: '1.00' }, finance)).body.code).toBe('BUDGET_CONFLICT');
    const receipts = 'budgets/subsidy-2026-ningxia-tech-finance-subsidy/receipts';
    const receipt = { amount: '150000.00', receivedOn: '2026-08-31', receiptNo: 'R1' };
    expect((await t.post(receipts, { ...receipt, amount: '150000.01' }, finance)).body.code).toBe('RECEIVED_TOO_MUCH');
    for (let i = 0; i < 2; i++) expect((await t.post(receipts, receipt, finance)).body.received).toBe('150000.00');

    const publish = () => t.post('subsidy-batches', { scheme: SCHEME, year: 2026, batchNo: 2 }, region);
    expect((await publish()).body.code).toBe('BATCH_ACCEPTING');
    t.on('2026-09-01');
    const { body: batch } = await publish();
    expect(batch).toMatchObject({ status: 'published', objectionsTo: '2026-09-08' });
    expect((await t.post(`subsidy-batches/${batch.id}/allocate`, {}, finance)).body.code).toBe('PUBLICITY_RUNS');
    const held = await act(id, 'lines/1/object', region, {
      ground: '保单真实性存疑',
      objector: { kind: 'person', name: '张三丰', contact: '13812345678' },
    });
    expect(held.body.lines[0].status).toBe('held');
    expect((await act(id, 'lines/1/decide-objection', region, { upheld: false, opinion: '属实' })).body.code).toBe(
      'SAME_PERSON',
    );
    expect((await act(id, 'lines/1/decide-objection', second, { upheld: false, opinion: '经核实无误' })).status).toBe(
      200,
    );

    t.on('2026-09-09');
    const allocated = await t.post(`subsidy-batches/${batch.id}/allocate`, {}, finance);
    expect(allocated.body).toMatchObject({ status: 'allocated', granted: '150000.00' });
    const back = await t.post(`subsidy-batches/${batch.id}/return`, { reason: '重新核对' }, region);
    expect(back.body).toMatchObject({ status: 'published', granted: null });
    const free = await t.get('budgets/subsidy-2026-ningxia-tech-finance-subsidy', finance);
    expect(free.body).toMatchObject({ committed: '0.00', available: '150000.00' });
    const anew = await t.post(`subsidy-batches/${batch.id}/allocate`, {}, finance);
    expect(anew.body).toMatchObject({ status: 'allocated', granted: '150000.00' });
    const approvals = await Promise.all(
      Array.from({ length: 50 }, () => t.post(`subsidy-batches/${batch.id}/approve`, {}, region)),
    );
    expect(approvals.every(({ status }) => status === 200)).toBe(true);
    const { body: after } = await t.get('budgets/subsidy-2026-ningxia-tech-finance-subsidy', finance);
    expect(after).toMatchObject({ committed: '0.00', approved: '150000.00', available: '0.00', paid: '0.00' });
    const booked = await t.pool.query(
      "SELECT count(*)::int AS n FROM ledger.entry WHERE reference LIKE 'subsidy-batch:%:released'",
    );
    expect(booked.rows).toEqual([{ n: 1 }]);
    await expect(t.pool.query('UPDATE subsidy_budget SET committed = committed + 0.01')).rejects.toThrow(
      /BUDGET_EXCEEDED/,
    );
  });

  it('is ordered by one, paid by another; a returned payment is owed again and paid anew to the same enterprise', async () => {
    const [batch] = (await t.get('subsidy-batches', finance)).body.items;
    const ids = (await t.get('subsidy-applications?status=approved', finance)).body.items;
    const payees = ids.map(({ id, enterpriseName }: { id: string; enterpriseName: string }) => ({
      ...{ id, accountName: enterpriseName, bankName: '宁夏银行', accountNo: `64001002${id.padStart(8, '0')}` },
    }));
    const wrong = [{ ...payees[0], accountName: '别的公司' }];
    expect((await t.post('subsidy-applications/payees', { payees: wrong }, region)).body.code).toBe('PAYEE_DIFFERS');
    expect((await t.post('subsidy-applications/payees', { payees }, region)).status).toBe(200);
    const { rows: told } = await t.pool.query(
      "SELECT before, after FROM audit_log WHERE action = 'subsidy.tellPayees' AND subject = $1",
      [`subsidyApplication:${payees[0].id}`],
    );
    expect(told).toMatchObject([{ before: { accountNo: '****0001' }, after: { bankName: '宁夏银行' } }]);
    const order = await t.post(`subsidy-batches/${batch.id}/order`, { orderNo: '金补〔2026〕1号' }, finance);
    expect(order.body.status).toBe('ordered');
    const all = (await t.get(`subsidy-batches/${batch.id}/payments`, finance)).body.items;
    expect(all[0].payeeAccount).toMatch(/^\*{4}\d{4}$/);
    const payments = all.map((p: { id: string }) => ({ paymentId: p.id, voucherNo: `V${p.id}` }));
    const pay = (key: string) => t.post(`subsidy-batches/${batch.id}/pay`, { paidOn: '2026-09-09', payments }, key);
    expect((await pay(finance)).body.code).toBe('SAME_PERSON');
    expect((await pay(cashier)).body.paid).toBe('150000.00');
    expect((await pay(cashier)).status).toBe(200);
    const back = { returnedOn: '2026-09-09', reason: '账号有误' };
    expect((await t.post(`subsidy-payments/${all[0].id}/return`, back, cashier)).body.status).toBe('returned');
    const owed = await t.pool.query("SELECT sum(balance)::text AS owed FROM ledger.account WHERE code = '2303'");
    expect(owed.rows).toEqual([{ owed: all[0].amount }]);
    const payee = { accountName: all[0].payeeName, bankName: '宁夏银行', accountNo: '6400100299999999' };
    const again = await t.post(`subsidy-payments/${all[0].id}/reissue`, payee, finance);
    expect(again.body).toMatchObject({ attempt: 2, amount: all[0].amount, status: 'ordered' });
    const last = { paidOn: '2026-09-09', payments: [{ paymentId: again.body.id, voucherNo: 'V-again' }] };
    expect((await t.post(`subsidy-batches/${batch.id}/pay`, last, cashier)).body.paid).toBe('150000.00');
    const { body } = await t.get('budgets/subsidy-2026-ningxia-tech-finance-subsidy', finance);
    expect(body).toMatchObject({ paid: '150000.00', deposits: '0.00' });
    const verified = await t.get('ledger/verify?poolCode=subsidy-2026-ningxia-tech-finance-subsidy', t.key('auditor'));
    expect(verified.body.valid).toBe(true);
  });
});

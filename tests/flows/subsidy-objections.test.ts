import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperSays, papersIssued, papersOf, readPaper } from '../support/subsidy-documents.ts';
import { BUDGET, payOut, type SubsidyDesk, subsidyDesk } from './subsidy-support.ts';

let s: SubsidyDesk;
let ids: string[];
let batch: string;
const objector = { kind: 'person', name: '欧阳静', contact: '13812345678' };

beforeAll(async () => {
  s = await subsidyDesk();
  ids = [
    await s.decided(0, ['100.00', '200.00']),
    await s.decided(1, ['300.00']),
    await s.decided(2, ['400.00']),
    await s.decided(3, ['500.00']),
  ];
  // 1,500.00 asked for, 1,000.00 there: each gets two thirds.
  await s.createBudget('1000.00');
  batch = (await s.publish()).id;
}, 120_000);
afterAll(() => s.t.stop());

const object = (n: number, place = 1, more: object = {}) =>
  s.t.post(
    `subsidy-applications/${ids[n]}/lines/${place}/object`,
    { ground: '保单已经退保', objector, ...more },
    s.region,
  );
const decide = (n: number, upheld: boolean, place = 1, key = s.second) =>
  s.t.post(
    `subsidy-applications/${ids[n]}/lines/${place}/decide-objection`,
    { upheld, opinion: upheld ? '经查属实' : '经查不实' },
    key,
  );
const application = async (n: number) => (await s.t.get(`subsidy-applications/${ids[n]}`, s.finance)).body;

describe('an objection', () => {
  it('is kept with who raised it, in writing and by name, while the publication runs', async () => {
    const noName = await s.t.post(`subsidy-applications/${ids[0]}/lines/1/object`, { ground: '匿名' }, s.region);
    expect(noName.status).toBe(422);
    expect((await object(0, 1, { receivedOn: '2026-08-31' })).body.code).toBe('OBJECTION_LATE');
    s.t.on('2026-09-09');
    expect((await object(0)).body.code).toBe('OBJECTION_LATE');
    // A letter that came in time counts, registered a day after the publication too.
    const answer = await object(0, 1, { receivedOn: '2026-09-08' });
    expect([answer.status, answer.body.lines[0].status, answer.body.lines[1].status]).toEqual([200, 'held', 'allowed']);
    for (const n of [1, 2]) expect((await object(n, 1, { receivedOn: '2026-09-07' })).status).toBe(200);
  });

  it('tells who raised it only to who says why, and leaves that look in the audit log without the name', async () => {
    const { body } = await s.t.get('subsidy-objections?status=open&sort=-raisedOn', s.region);
    expect(body.total).toBe(3);
    const [first] = body.items;
    expect(first).toMatchObject({
      ...{ objectorKind: 'person', objectorName: '欧阳*', objectorContact: '138****5678', raisedOn: '2026-09-08' },
      ...{ place: 1, ground: '保单已经退保', recordedByName: expect.any(String) },
    });
    expect((await s.t.get('subsidy-objections', s.county)).status).toBe(403);
    expect(
      (await s.t.post(`subsidy-objections/${first.id}/reveal`, { reason: '约谈' }, s.t.key('auditor'))).status,
    ).toBe(403);
    const seen = await s.t.post(`subsidy-objections/${first.id}/reveal`, { reason: '约谈' }, s.region);
    expect(seen.body).toEqual({ objectorName: '欧阳静', objectorContact: '13812345678' });
    const { rows } = await s.t.pool.query(
      'SELECT count(*)::int AS n FROM audit_log WHERE concat(before, after) LIKE $1',
      ['%欧阳静%'],
    );
    expect(rows).toEqual([{ n: 0 }]);
    const key = await s.keyOf((await application(0)).enterpriseUscc);
    const own = (await s.t.get(`subsidy-applications/${ids[0]}`, key)).body;
    expect(JSON.stringify(own)).not.toContain('欧阳');
    const client = await s.t.pool.connect();
    await client.query('BEGIN');
    await client.query(
      "SELECT set_config('role', 'ningkedai_app', true), set_config('app.scope', 'own', true), set_config('app.enterprise', $1, true)",
      [own.enterpriseUscc],
    );
    expect((await client.query('SELECT * FROM subsidy_objector')).rows).toEqual([]);
    await client.query('ROLLBACK');
    client.release();
  });

  it('keeps the share of its line at the allocation; the others get what they would have got', async () => {
    const { body } = await s.t.post(`subsidy-batches/${batch}/allocate`, {}, s.finance);
    expect(body).toMatchObject({ demand: '1500.00', available: '1000.00' });
    expect(Number(body.granted) + Number(body.reserved)).toBe(1000);
    const [first, second, , last] = [
      await application(0),
      await application(1),
      await application(2),
      await application(3),
    ];
    expect([first.status, second.status, last.status]).toEqual(['granted', 'published', 'granted']);
    expect([first.granted, second.granted, last.granted]).toEqual(['133.33', '0.00', '333.33']);
    expect((await s.budget()).committed).toBe('1000.00');
    await s.agrees();
  });

  it('sent back, the allocation frees what was kept too, and made anew gives the same', async () => {
    const before = (await application(3)).granted;
    await s.ok(`subsidy-batches/${batch}/return`, { reason: '复核' }, s.region);
    expect((await s.budget()).committed).toBe('0.00');
    await s.ok(`subsidy-batches/${batch}/allocate`, {}, s.finance);
    expect((await application(3)).granted).toBe(before);
    await s.agrees();
  });

  it('decided after the allocation: upheld it frees the share and refuses what is left of nothing, dismissed it waits', async () => {
    await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
    expect((await decide(1, true, 1, s.region)).body.code).toBe('SAME_PERSON');
    const refused = await decide(1, true);
    expect(refused.body).toMatchObject({ status: 'refused', decided: '0.00', reason: '异议成立：经查属实' });
    expect((await s.budget()).available).toBe('200.00');
    for (const n of [0, 2]) expect((await decide(n, false)).body.lines[0].status).toBe('allowed');
    expect((await s.t.post(`subsidy-batches/${batch}/supplements`, {}, s.finance)).body.code).toBe('BATCH_STEP');
    await s.agrees();
  });

  it('then its line is granted its share by a supplement of the batch: two people, and paid like all others', async () => {
    await payOut(s, batch, '2026-09-09');
    const waits = await application(0);
    expect([waits.status, waits.nextStep.sentence]).toEqual([
      'paid',
      '已拨付 133.33 元，请核对到账。另有 1 项异议不成立，等待补充分配。',
    ]);
    expect((await application(2)).nextStep.sentence).toBe('异议不成立，等待按预留的份额补充分配。');
    const { body: shares } = await s.t.get(`subsidy-batches/${batch}/shares`, s.finance);
    expect(shares).toMatchObject({ reserved: expect.stringMatching(/^[1-9]/), unshared: '0.00', toSettle: 0 });
    const { body } = await s.t.post(`subsidy-batches/${batch}/supplements`, {}, s.finance);
    expect(body.items.map(({ amount }: { amount: string }) => amount)).toEqual(['66.67', '266.67']);
    expect(body.items[0].explanation).toMatchObject({ label: '补充分配金额', value: '66.67 元' });
    expect(body.items[0].cites[0].article).toEqual(expect.stringMatching(/.+/));
    expect((await s.t.post(`subsidy-batches/${batch}/supplements`, {}, s.finance)).body.code).toBe(
      'NOTHING_TO_SUPPLEMENT',
    );
    const [one, two] = body.items as { id: string }[];
    expect((await s.t.post(`subsidy-supplements/${one!.id}/return`, { reason: '再核' }, s.region)).body.status).toBe(
      'declined',
    );
    const again = (await s.t.post(`subsidy-batches/${batch}/supplements`, {}, s.finance)).body.items;
    const last = again.at(-1).id;
    for (const id of [two!.id, last]) {
      const answers = await Promise.all(
        [1, 2, 3].map(() => s.t.post(`subsidy-supplements/${id}/approve`, {}, s.region)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      await s.ok(`subsidy-supplements/${id}/order`, { orderNo: '金补〔2026〕2号' }, s.finance);
    }
    expect((await application(0)).status).toBe('approved');
    await s.agrees();
    const { body: list } = await s.t.get(`subsidy-batches/${batch}/payments`, s.finance);
    const open = list.items.filter(({ status }: { status: string }) => status === 'ordered');
    expect(open.map(({ amount }: { amount: string }) => amount)).toEqual(['66.67', '266.67']);
    const payments = open.map(({ id }: { id: string }) => ({ paymentId: id, voucherNo: `S${id}` }));
    await s.ok(`subsidy-batches/${batch}/pay`, { paidOn: '2026-09-09', payments }, s.cashier);
    const [first, third] = [await application(0), await application(2)];
    expect([first.status, first.granted, third.status, third.granted]).toEqual(['paid', '200.00', 'paid', '266.67']);
    expect((await s.t.get(`subsidy-batches/${batch}`, s.finance)).body).toMatchObject({
      paid: '800.00',
      paidEnterprises: 3,
    });
    expect(await s.budget()).toMatchObject({
      committed: '0.00',
      approved: '800.00',
      paid: '800.00',
      available: '200.00',
    });
    await s.agrees();
  });

  it('a supplement’s payment sent back by the bank is made anew for its own amount', async () => {
    const { body: list } = await s.t.get(`subsidy-batches/${batch}/payments`, s.finance);
    const own = list.items.find(({ amount }: { amount: string }) => amount === '66.67');
    await s.ok(`subsidy-payments/${own.id}/return`, { returnedOn: '2026-09-09', reason: '账号有误' }, s.cashier);
    const payee = { accountName: own.payeeName, bankName: '宁夏银行', accountNo: '6400100299999999' };
    const again = await s.ok(`subsidy-payments/${own.id}/reissue`, payee, s.finance);
    expect(again).toMatchObject({ amount: '66.67', status: 'ordered', supplementId: own.supplementId });
    const payments = [{ paymentId: again.id, voucherNo: 'S-again' }];
    await s.ok(`subsidy-batches/${batch}/pay`, { paidOn: '2026-09-09', payments }, s.cashier);
    expect((await application(0)).status).toBe('paid');
    await s.agrees();
  });
});

describe('one payment of two that came back', () => {
  it('is the enterprise’s to mend and is made anew, while its supplement stays paid', async () => {
    const { body: list } = await s.t.get(`subsidy-batches/${batch}/payments`, s.finance);
    const own = list.items.find(({ amount }: { amount: string }) => amount === '133.33');
    await s.ok(`subsidy-payments/${own.id}/return`, { returnedOn: '2026-09-09', reason: '账号有误' }, s.cashier);
    const key = await s.keyOf((await application(0)).enterpriseUscc);
    const mine = async () => (await s.t.get(`subsidy-applications/${ids[0]}`, key)).body.nextStep;
    expect(await mine()).toMatchObject({
      ...{ whose: '企业', sentence: '银行退回了拨付（账号有误），请更正收款账户，财务据此重新拨付。' },
    });
    const { body: home } = await s.t.get('home', key);
    const paid = home.figures.find(({ label }: { label: string }) => label === '已拨付补贴');
    expect([paid.value, home.todo.map(({ title }: { title: string }) => title)]).toEqual([
      '66.67',
      expect.arrayContaining(['拨付被银行退回、请核对收款账户的补贴']),
    ]);
    const payee = { accountName: own.payeeName, bankName: '宁夏银行', accountNo: '6400100288888888' };
    await s.ok(`subsidy-applications/${ids[0]}/payee`, payee, key);
    expect(await mine()).toMatchObject({ whose: '财务', sentence: '收款账户已更正，等待财务重新拨付。' });
    const again = await s.ok(`subsidy-payments/${own.id}/reissue`, payee, s.finance);
    expect((await s.t.post(`subsidy-applications/${ids[0]}/payee`, payee, key)).body.code).toBe('PAYEE_STEP');
    expect((await mine()).sentence).toBe('已批准 200.00 元，其中 66.67 元已拨付，其余等待财务拨付到收款账户。');
    const payments = [{ paymentId: again.id, voucherNo: 'B-again' }];
    await s.ok(`subsidy-batches/${batch}/pay`, { paidOn: '2026-09-09', payments }, s.cashier);
    expect((await application(0)).status).toBe('paid');
    await s.agrees();
  });
});

describe('its papers', () => {
  it('a supplement has a decision and an order of its own; one made anew names the payment it stands for', async () => {
    await papersIssued(s.t);
    const decisions = await papersOf(s.t, `kind=subsidyDecision&subject=subsidy:${ids[2]}`, s.finance);
    expect(decisions.length).toBe(1);
    await paperSays(s.t, decisions[0]!, [
      '决定给予你单位补贴 266.67 元',
      '经核实异议不成立，现按分配预算时预留的份额补充安排',
    ]);
    const orders = await papersOf(s.t, `kind=subsidyOrder&subject=subsidyBatch:${batch}`, s.finance);
    const texts = await Promise.all(orders.map(async (order) => (await readPaper(s.t, order)).text));
    expect(texts.filter((text) => text.includes('金补〔2026〕2号')).length).toBe(3);
    expect(texts.filter((text) => text.includes('退票重拨') && text.includes('合计66.67')).length).toBe(1);
    const { body } = await s.t.get(`budgets/${BUDGET}/summary`, s.finance);
    expect(body).toMatchObject({ granted: '800.00', paid: '800.00', total: { granted: '800.00', paid: '800.00' } });
  });
});

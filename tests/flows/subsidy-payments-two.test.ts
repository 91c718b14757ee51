import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPLICANTS, payOut, type SubsidyDesk, subsidyDesk } from './subsidy-support.ts';

let s: SubsidyDesk;
let ids: string[];
let batch: string;
let own: string;
const NEW_ACCOUNT = { bankName: '宁夏银行', accountNo: '6400100288888888' };
const payee = (n: number) => ({ accountName: APPLICANTS[n]!.name, ...NEW_ACCOUNT });

beforeAll(async () => {
  s = await subsidyDesk();
  ids = [
    await s.decided(0, ['100.00', '200.00']),
    await s.decided(1, ['300.00']),
    await s.decided(2, ['50.00', '60.00']),
  ];
  await s.createBudget('1000.00');
  batch = (await s.publish()).id;
  const objector = { kind: 'person', name: '欧阳静', contact: '13812345678' };
  for (const n of [0, 2])
    await s.ok(`subsidy-applications/${ids[n]}/lines/1/object`, { ground: '退保', objector }, s.region);
  s.t.on('2026-09-10');
  await s.ok(`subsidy-batches/${batch}/allocate`, {}, s.finance);
  await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
  const opinion = { upheld: false, opinion: '经查不实' };
  for (const n of [0, 2]) await s.ok(`subsidy-applications/${ids[n]}/lines/1/decide-objection`, opinion, s.second);
  await payOut(s, batch, '2026-09-10');
  const { items } = await s.ok(`subsidy-batches/${batch}/supplements`, {}, s.finance);
  for (const { id } of items) await s.ok(`subsidy-supplements/${id}/approve`, {}, s.region);
  own = await s.keyOf(APPLICANTS[0]!.uscc);
}, 120_000);
afterAll(() => s.t.stop());

interface Payment {
  id: string;
  applicationId: string;
  supplementId: string | null;
  attempt: number;
  amount: string;
  status: string;
}
const paymentsOf = async (n: number): Promise<Payment[]> =>
  (await s.t.get(`subsidy-batches/${batch}/payments`, s.finance)).body.items.filter(
    ({ applicationId }: Payment) => applicationId === ids[n],
  );
const supplementOf = async (n: number): Promise<string> =>
  (await s.t.get(`subsidy-batches/${batch}/supplements`, s.finance)).body.items.find(
    ({ applicationId }: Payment) => applicationId === ids[n],
  ).id;
const sendBack = (id: string) =>
  s.t.post(`subsidy-payments/${id}/return`, { returnedOn: '2026-09-10', reason: '账号有误' }, s.cashier);
const pay = (payments: Payment[]) => {
  const made = payments.map(({ id }) => ({ paymentId: id, voucherNo: `P${id}` }));
  return s.ok(`subsidy-batches/${batch}/pay`, { paidOn: '2026-09-10', payments: made }, s.cashier);
};
const todosOf = async (key: string): Promise<string[]> =>
  (await s.t.get('home', key)).body.todo.map(({ title }: { title: string }) => title);

describe('one payment that came back while another of its application is under way', () => {
  it('is the enterprise’s to mend, as it is told; what is under way stays as it was ordered', async () => {
    const [first] = await paymentsOf(0);
    await s.ok(`subsidy-supplements/${await supplementOf(0)}/order`, { orderNo: '补〔2026〕1号' }, s.finance);
    expect((await s.t.post(`subsidy-applications/${ids[0]}/payee`, payee(0), own)).body.code).toBe('PAYEE_STEP');
    expect((await sendBack(first!.id)).status).toBe(200);
    const turn = async () => (await s.t.get(`subsidy-applications/${ids[0]}`, own)).body.nextStep;
    expect(await turn()).toMatchObject({ whose: '企业', sentence: expect.stringContaining('请更正收款账户') });
    expect(await todosOf(own)).toContain('拨付被银行退回、请核对收款账户的补贴');
    await s.ok(`subsidy-applications/${ids[0]}/payee`, payee(0), own);
    expect(await turn()).toMatchObject({ whose: '财务', sentence: '收款账户已更正，等待财务重新拨付。' });
    expect(await todosOf(own)).not.toContain('拨付被银行退回、请核对收款账户的补贴');
    expect((await paymentsOf(0)).map(({ amount, status }) => [amount, status])).toEqual([
      ['200.00', 'returned'],
      ['100.00', 'ordered'],
    ]);
  });

  it('is made anew once, and both are paid once', async () => {
    const [first] = await paymentsOf(0);
    const answers = await Promise.all(
      [1, 2, 3].map(() => s.t.post(`subsidy-payments/${first!.id}/reissue`, payee(0), s.finance)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    await pay((await paymentsOf(0)).filter(({ status }) => status === 'ordered'));
    const { body } = await s.t.get(`subsidy-applications/${ids[0]}`, own);
    expect([body.status, body.granted]).toEqual(['paid', '300.00']);
    const told = body.steps.filter(({ kind }: { kind: string }) => kind === 'paid');
    expect(told.map(({ amount }: { amount: string }) => amount)).toEqual(['200.00', '100.00', '200.00']);
    await s.agrees();
  });
});

describe('a payment that came back beside a line that was claimed back', () => {
  it('is taken back and made anew, where it did not pay that line; what was claimed stays paid', async () => {
    const propose = { applicationId: ids[0], place: 2, amount: '200.00', ground: 'voluntary', reason: '退保' };
    const { id } = await s.ok('subsidy-clawbacks', { ...propose, evidence: '说明' }, s.finance);
    await s.ok(`subsidy-clawbacks/${id}/confirm`, {}, s.cashier);
    const all = await paymentsOf(0);
    const live = all.filter(({ status }) => status === 'paid');
    const [supplement, first] = [live.find((p) => p.supplementId)!, live.find((p) => !p.supplementId)!];
    expect((await sendBack(first.id)).body.code).toBe('CLAWBACK_LIVE');
    expect((await sendBack(supplement.id)).status).toBe(200);
    await s.agrees();
    await s.ok(`subsidy-payments/${supplement.id}/reissue`, payee(0), s.finance);
    await pay((await paymentsOf(0)).filter(({ status }) => status === 'ordered'));
    expect((await s.t.get(`subsidy-applications/${ids[0]}`, own)).body.status).toBe('paid');
    await s.agrees();
  });
});

describe('a payment that came back of what was then withdrawn', () => {
  it('waits for nobody', async () => {
    const [only] = await paymentsOf(1);
    const key = await s.keyOf(APPLICANTS[1]!.uscc);
    const waits = async () => (await todosOf(s.finance)).filter((title) => title.includes('待重新拨付'));
    expect((await sendBack(only!.id)).status).toBe(200);
    expect(await waits()).toHaveLength(1);
    await s.ok(`subsidy-applications/${ids[1]}/withdraw`, { reason: '不再需要' }, key);
    expect(await waits()).toEqual([]);
    expect(await todosOf(key)).not.toContain('拨付被银行退回、请核对收款账户的补贴');
    await s.agrees();
  });
});

describe('an account that is put right while a supplement is being ordered', () => {
  it('is the one that is ordered: whoever came first is done before the other looks', async () => {
    const client = await s.t.pool.connect();
    await client.query('BEGIN');
    const account = `{payee,accountNo}`;
    await client.query('SELECT id FROM subsidy_application WHERE id = $1 FOR UPDATE', [ids[2]]);
    await client.query(
      `UPDATE subsidy_application SET request = jsonb_set(request, $2, '"6400100277777777"') WHERE id = $1`,
      [ids[2], account],
    );
    const order = s.t.post(
      `subsidy-supplements/${await supplementOf(2)}/order`,
      { orderNo: '补〔2026〕2号' },
      s.finance,
    );
    const waiters = async () =>
      (
        await s.t.pool.query(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
      ).rows[0].n;
    await expect.poll(waiters, { timeout: 30_000, interval: 5 }).toBe(1);
    await client.query('COMMIT');
    client.release();
    expect((await order).status).toBeLessThan(300);
    const { rows } = await s.t.pool.query(
      'SELECT payee_account AS account FROM subsidy_payment WHERE application_id = $1 AND supplement_id IS NOT NULL',
      [ids[2]],
    );
    expect(rows).toEqual([{ account: '6400100277777777' }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payOut, SCHEME, type SubsidyDesk, subsidyDesk } from './subsidy-support.ts';

let s: SubsidyDesk;
afterAll(() => s.t.stop());

const applicationOf = async (id: string, key = s.finance) => (await s.t.get(`subsidy-applications/${id}`, key)).body;
const enterpriseOf = async (id: string) => s.keyOf((await applicationOf(id)).enterpriseUscc);
const withdraw = async (id: string) =>
  s.t.post(`subsidy-applications/${id}/withdraw`, { reason: '不再需要' }, await enterpriseOf(id));
const rest = (batch: string) => s.t.post(`subsidy-batches/${batch}/rest`, {}, s.finance);

describe('what the year’s budget does not reach, and what is withdrawn', () => {
  let ids: string[];
  let batch: string;
  beforeAll(async () => {
    s = await subsidyDesk();
    await s.rule('budget', '2026-09-01', { mode: 'firstCome', rest: 'nextYear', partial: true });
    ids = [];
    for (const n of [0, 1, 2, 3, 4, 5]) ids.push(await s.decided(n, ['100.00']));
  }, 120_000);

  it('may be withdrawn once it is decided, and while it is public: its objection ends with it', async () => {
    expect((await withdraw(ids[5]!)).body.status).toBe('withdrawn');
    await s.createBudget('250.00');
    batch = (await s.publish()).id;
    const objector = { kind: 'organisation', name: '某公司', contact: 'a@example.com' };
    await s.ok(`subsidy-applications/${ids[4]}/lines/1/object`, { ground: '重复', objector }, s.region);
    expect((await withdraw(ids[4]!)).body.status).toBe('withdrawn');
    const { body } = await s.t.get('subsidy-objections', s.region);
    expect(body.items[0]).toMatchObject({ status: 'ended', opinion: '企业已撤回申请' });
  });

  it('goes on in the next year’s first batch by the clause: the decision, the place and what it uses go with it', async () => {
    s.t.on('2026-09-09');
    const { body } = await s.t.post(`subsidy-batches/${batch}/allocate`, {}, s.finance);
    expect(body).toMatchObject({ demand: '400.00', granted: '250.00' });
    expect((await rest(batch)).body.code).toBe('BATCH_STEP');
    await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
    const { body: view } = await rest(batch);
    expect(view.continued.map(({ amount, year, batchNo }: Record<string, unknown>) => [amount, year, batchNo])).toEqual(
      [
        ['50.00', 2027, 1],
        ['100.00', 2027, 1],
      ],
    );
    const [partly, wholly] = view.continued;
    expect((await applicationOf(ids[2]!)).status).toBe('approved');
    const ended = await applicationOf(ids[3]!, await enterpriseOf(ids[3]!));
    expect(ended).toMatchObject({ status: 'deferred', reason: expect.stringContaining('转 2027 年第 1 批') });
    expect(ended.steps.at(-1)).toMatchObject({ kind: 'deferred', amount: '100.00', details: { year: 2027 } });
    const next = await applicationOf(wholly.continuedAs);
    expect(next).toMatchObject({
      ...{ status: 'decided', year: 2027, batchNo: 1, decided: '100.00', continuesId: ids[3] },
      receivedNo: ended.receivedNo,
    });
    expect(next.lines[0].explanation).toMatchObject({ label: '转入本年度的金额', value: '100.00 元' });
    expect((await applicationOf(partly.continuedAs)).decided).toBe('50.00');
    const { rows } = await s.t.pool.query(
      'SELECT application_id::text AS id FROM subsidy_use WHERE live AND application_id = ANY ($1)',
      [[ids[3], wholly.continuedAs]],
    );
    expect([...new Set(rows.map(({ id }) => id))]).toEqual([wholly.continuedAs]);
    expect((await rest(batch)).body).toMatchObject({ continued: [], lapsed: [] });
    const back = await s.t.post(`subsidy-applications/${wholly.continuedAs}/return`, { reason: '补正' }, s.region);
    expect(back.body.code).toBe('APPLICATION_STEP');
  });

  it('approved and not ordered, it may be withdrawn: what was owed is free for others', async () => {
    expect((await withdraw(ids[0]!)).body.status).toBe('withdrawn');
    expect(await s.budget()).toMatchObject({ approved: '150.00', committed: '0.00', available: '100.00' });
    await s.agrees();
    await payOut(s, batch, '2026-09-09');
    expect((await withdraw(ids[1]!)).body.code).toBe('APPLICATION_STEP');
    expect(await s.budget()).toMatchObject({ paid: '150.00' });
    await s.agrees();
  });

  it('is paid from the next year’s budget, before who came later', async () => {
    s.t.on('2027-04-30');
    await s.createBudget('120.00', 2027);
    const place = { scheme: SCHEME, year: 2027, batchNo: 1 };
    expect((await s.t.post('subsidy-batches', place, s.region)).body.code).toBe('BATCH_ACCEPTING');
    s.t.on('2027-05-06');
    const { id } = await s.ok('subsidy-batches', place, s.region);
    s.t.on('2027-05-20');
    expect((await s.ok(`subsidy-batches/${id}/allocate`, {}, s.finance)).granted).toBe('120.00');
    await s.ok(`subsidy-batches/${id}/approve`, {}, s.region);
    const { body } = await s.t.get('subsidy-applications?year=2027&sort=receivedNo', s.finance);
    expect(body.items.map(({ granted }: { granted: string }) => granted)).toEqual(['50.00', '70.00']);
  });
});

describe('where the clause lets it lapse', () => {
  it('who got nothing is refused by the article; what is withdrawn before the approval is free at once', async () => {
    await s.t.stop();
    s = await subsidyDesk();
    await s.rule('budget', '2026-09-01', { mode: 'firstCome', rest: 'lapses', partial: false });
    const ids = [await s.decided(0, ['60.00']), await s.decided(1, ['50.00']), await s.decided(2, ['70.00'])];
    await s.createBudget('110.00');
    const batch = (await s.publish()).id;
    s.t.on('2026-09-09');
    await s.ok(`subsidy-batches/${batch}/allocate`, {}, s.finance);
    expect((await withdraw(ids[0]!)).body.status).toBe('withdrawn');
    expect(await s.budget()).toMatchObject({ committed: '50.00', available: '60.00' });
    await s.agrees();
    await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
    const { body } = await rest(batch);
    expect(body.lapsed.map(({ applicationId }: { applicationId: string }) => applicationId)).toEqual([ids[2]]);
    const refused = await applicationOf(ids[2]!);
    expect(refused).toMatchObject({ status: 'refused', reason: expect.stringMatching(/不再结转（.+第一条）/) });
    const { rows } = await s.t.pool.query(
      'SELECT count(*)::int AS n FROM subsidy_use WHERE live AND application_id = $1',
      [ids[2]],
    );
    expect(rows).toEqual([{ n: 0 }]);
    expect(await s.budget()).toMatchObject({ committed: '0.00', approved: '50.00', available: '60.00' });
    await s.agrees();
  });
});

describe('what goes on in the next year', () => {
  let ids: string[];
  let batch: string;
  let payments: string[];
  const usersOf = async (of: string[]) => {
    const { rows } = await s.t.pool.query(
      'SELECT DISTINCT application_id::text AS id FROM subsidy_use WHERE live AND application_id = ANY ($1)',
      [of],
    );
    return rows.map(({ id }) => id);
  };

  it('is what a line was corrected to, less what it got; what was got by false papers does not go on', async () => {
    await s.t.stop();
    s = await subsidyDesk();
    await s.rule('budget', '2026-09-01', { mode: 'proRata', rest: 'nextYear', partial: true });
    ids = [await s.decided(0, ['100.00']), await s.decided(1, ['100.00']), await s.decided(2, ['100.00'])];
    await s.createBudget('180.00');
    batch = (await s.publish()).id;
    s.t.on('2026-09-09');
    await s.ok(`subsidy-batches/${batch}/allocate`, {}, s.finance);
    await s.ok(`subsidy-batches/${batch}/approve`, {}, s.region);
    const [line] = (await applicationOf(ids[0]!)).request.lines;
    const lines = [{ place: 1, line: { ...line, paid: '160.00' } }];
    const body = { cause: 'facts', reason: '保费部分退回', evidence: '退保单', lines };
    const { items } = await s.ok(`subsidy-applications/${ids[0]}/corrections`, body, s.finance);
    expect(items[0]).toMatchObject({ decidedAfter: '80.00', difference: '-12.00' });
    await s.ok(`subsidy-supplements/${items[0].supplementId}/approve`, {}, s.region);
    payments = await payOut(s, batch, '2026-09-09');
    await s.ok(`subsidy-payments/${payments[1]}/return`, { returnedOn: '2026-09-09', reason: '账号有误' }, s.finance);
    const back = { amount: '60.00', ground: 'fraud', reason: '保单系伪造', evidence: '核查报告' };
    await s.ok('subsidy-clawbacks', { applicationId: ids[2], place: 1, ...back }, s.finance);
    const { body: view } = await rest(batch);
    expect(view.continued.map(({ amount }: { amount: string }) => amount)).toEqual(['32.00', '40.00']);
    const next = await applicationOf(view.continued[0].continuedAs);
    expect(next).toMatchObject({ demand: '32.00', decided: '32.00' });
  });

  it('keeps what it uses when the part of this year is withdrawn', async () => {
    const own = (await s.t.get('subsidy-applications?year=2027&sort=receivedNo', s.finance)).body.items;
    const next = own[1].id as string;
    expect(await usersOf([ids[1]!, next])).toEqual([ids[1]]);
    expect((await withdraw(ids[1]!)).body.status).toBe('withdrawn');
    expect(await usersOf([ids[1]!, next])).toEqual([next]);
    const payee = { accountName: own[1].enterpriseName, bankName: '宁夏银行', accountNo: '6400100299999999' };
    const again = await s.t.post(`subsidy-payments/${payments[1]}/reissue`, payee, s.finance);
    expect([again.status, again.body.code]).toEqual([409, 'PAYMENT_STEP']);
    await s.agrees();
    expect((await withdraw(next)).body.status).toBe('withdrawn');
    expect(await usersOf([ids[1]!, next])).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { bringIntoForce } from '../support/rules.ts';
import { minus, pingluoFilings, plus, writingNothing } from './support.ts';

let t: Demonstration;
let finance: string;
let other: string;
let region: string;
let second: string;
let county: string;
let bank: string;

beforeAll(async () => {
  t = await startDemonstration('2026-04-14');
  t.on('2026-04-20');
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
  region = t.key('regionalReviewer');
  second = t.key('regionalReviewer', undefined, true);
  county = t.key('countyReviewer', 'pingluo-st');
  bank = t.key('bank', 'shizuishan-bank');
}, 60_000);
afterAll(() => t.stop());

const capital = async (pool = 'pingluo') => (await t.get(`pools/${pool}/capital`, finance)).body;
const free = async (contributor: string, pool?: string): Promise<string> =>
  (await capital(pool)).contributors.find((c: { contributor: string }) => c.contributor === contributor).free;
let vouchers = 0;
const aReturn = (change: object = {}) => ({
  ...{ contributor: 'pingluo-st', amount: '100000.00', payeeAccountNo: '6402200155559999', paidOn: '2026-04-20' },
  ...{ voucherNo: `V${++vouchers}`, reason: '财政收回结余资金', ...change },
});
const propose = (body: object, key = finance, pool = 'pingluo') => t.post(`pools/${pool}/returns`, body, key);
const confirm = (id: string, key = other, pool = 'pingluo') =>
  t.post(`pools/${pool}/returns/${id}/confirm`, undefined, key);
const refusal = async (act: () => Promise<{ status: number; body: { code: string } }>) => {
  const { status, body } = await writingNothing(t, act);
  return [status, body.code];
};

describe('A contribution returned', () => {
  it('is at most 2901 − 1218 − its part of the reserve, and says why', async () => {
    const { contributors, topUp } = await capital();
    // 6,000,000.00 less what 12 loans tie up, half each.
    const { reserved } = (await t.get('pools/pingluo', finance)).body;
    expect(plus(...contributors.map((c: { reserved: string }) => c.reserved))).toBe(reserved);
    expect(plus(...contributors.map((c: { free: string }) => c.free))).toBe(minus('6000000.00', reserved));
    expect(contributors[0]).toMatchObject({
      ...{
        contributor: 'pingluo-st',
        contributorName: '平罗县科学技术局',
        contributed: '3000000.00',
        receivable: '0.00',
      },
      explanation: { label: '可退回出资', cites: [{ confirmed: false }], inputs: [{}, {}, {}] },
    });
    expect(topUp).toMatchObject({ owed: '0.00', floor: '20' });
  });

  it('is proposed by one and confirmed by another, and leaves share, deposit and capital by its amount', async () => {
    const before = (await t.get('pools/pingluo', finance)).body;
    const body = aReturn();
    const { status, body: order } = await propose(body);
    expect([status, order.status, order.mine]).toEqual([201, 'proposed', true]);
    expect(order.cites[0].article).toBeTruthy();
    expect((await writingNothing(t, () => propose(body))).body.id).toBe(order.id);
    expect(await refusal(() => propose({ ...body, amount: '1.00' }))).toEqual([409, 'ORDER_CONFLICT']);
    expect(await refusal(() => confirm(order.id, finance))).toEqual([403, 'SAME_PERSON']);
    expect((await t.get('pools/pingluo', finance)).body.deposits).toBe(before.deposits);
    const done = await confirm(order.id);
    expect(done.body).toMatchObject({ status: 'confirmed', decidedBy: '财务乙', decidedOn: '2026-04-20' });
    expect((await writingNothing(t, () => confirm(order.id))).body.status).toBe('confirmed');
    const after = (await t.get('pools/pingluo', finance)).body;
    for (const of of ['deposits', 'capital', 'contributed']) expect(minus(before[of], after[of])).toBe('100000.00');
    const { contributors } = (await t.get('pools/pingluo/board', finance)).body;
    expect(plus(...contributors.map((c: { contributed: string }) => c.contributed))).toBe(after.contributed);
    expect(minus(before.headroom, after.headroom)).toBe('1000000.00');
    const { items } = (await t.get('ledger/entries?poolCode=pingluo&kind=contributionReturn', finance)).body;
    expect(items.map((e: { reference: string }) => e.reference)).toEqual([`capital-order:${order.id}`]);
  });

  it('may be refused; then its voucher is free again', async () => {
    const body = aReturn();
    const { id } = (await propose(body)).body;
    const refused = await t.post(`pools/pingluo/returns/${id}/refuse`, { reason: '账号有误' }, other);
    expect(refused.body).toMatchObject({ status: 'refused', decision: '账号有误' });
    expect(await refusal(() => confirm(id))).toEqual([409, 'ALREADY_DECIDED']);
    const again = await propose(body);
    expect(again.status).toBe(201);
    await t.post(`pools/pingluo/returns/${again.body.id}/refuse`, { reason: '不再退回' }, other);
  });

  it.each<[string, object, number, string]>([
    ['more than is free', { amount: '2900000.00' }, 409, 'RETURN_TOO_LARGE'],
    ['nothing', { amount: '0.00' }, 422, 'AMOUNT_NOT_POSITIVE'],
    ['a negative amount', { amount: '-1.00' }, 422, 'INVALID_INPUT'],
    ['a JSON number', { amount: 1 }, 422, 'INVALID_INPUT'],
    ['three decimals', { amount: '1.001' }, 422, 'INVALID_INPUT'],
    ['tomorrow', { paidOn: '2026-04-21' }, 422, 'DATE_IN_FUTURE'],
    ['to who never contributed', { contributor: 'yinchuan-st' }, 422, 'CONTRIBUTOR_UNKNOWN'],
    ['from an account that is not the pool’s', { accountNo: '6400100155550002' }, 422, 'ACCOUNT_UNKNOWN'],
    ['without a reason', { reason: '' }, 422, 'INVALID_INPUT'],
  ])('of %s is refused and writes nothing', async (_, change, status, code) => {
    expect(await refusal(() => propose(aReturn(change)))).toEqual([status, code]);
  });

  it('is nobody else’s to propose, confirm or see', async () => {
    for (const key of [bank, county, region, t.key('auditor'), t.key('operator')])
      expect((await refusal(() => propose(aReturn(), key)))[0]).toBe(403);
    expect((await t.get('pools/pingluo/capital', bank)).status).toBe(403);
    expect((await t.get('pools/yinchuan/capital', county)).status).toBe(404);
    expect(await refusal(() => confirm('999999'))).toEqual([404, 'NOT_FOUND']);
    expect(await refusal(() => propose(aReturn(), finance, 'nowhere'))).toEqual([404, 'POOL_UNKNOWN']);
  });

  it('eight at once of which two fit: exactly two go, and what loans tie up stays', async () => {
    const part = minus(await free('pingluo-st'), '1.00');
    const cents = `${BigInt(part.replace('.', '')) / 2n}`;
    const amount = `${cents.slice(0, -2)}.${cents.slice(-2)}`;
    const orders: string[] = [];
    for (let i = 0; i < 8; i++) orders.push((await propose(aReturn({ amount }))).body.id);
    const answers = await Promise.all(orders.map((id, i) => confirm(id, i % 2 ? other : region)));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 200, ...Array(6).fill(409)]);
    expect(new Set(answers.filter((a) => a.status === 409).map((a) => a.body.code))).toEqual(
      new Set(['RETURN_TOO_LARGE']),
    );
    const { rows } = await t.pool.query(
      `SELECT capital >= reserved AS kept FROM pool_position WHERE pool_code = 'pingluo'`,
    );
    expect(rows).toEqual([{ kept: true }]);
    // What one took changes everyone's part of the reserve: what is free now is free of that.
    expect(minus(await free('ningxia-st'), '0.00')).not.toContain('-');
    for (const id of orders.filter((_, i) => answers[i]!.status === 409))
      await t.post(`pools/pingluo/returns/${id}/refuse`, { reason: '额度不足' }, other);
  });

  it('the database itself refuses what loans tie up, whoever writes it', async () => {
    const { id } = (await propose(aReturn({ contributor: 'ningxia-st', amount: '1.00' }))).body;
    const client = await t.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`UPDATE pool_position SET capital = reserved - 0.01 WHERE pool_code = 'pingluo'`);
      await client.query(
        `UPDATE capital_order SET status = 'confirmed', decided_by = 'x', decided_on = '2026-04-20' WHERE id = $1`,
        [id],
      );
      await expect(client.query('COMMIT')).rejects.toThrow('RETURN_TOO_LARGE');
    } finally {
      client.release();
    }
  });

  it('where the clause lets nothing out, is nothing', async () => {
    await bringIntoForce(t.db, 'ningkedai-2025.contributionReturn', { allowed: false }, '2026-04-20');
    expect(await free('ningxia-st')).toBe('0.00');
    expect(await refusal(() => propose(aReturn({ contributor: 'ningxia-st', amount: '0.01' })))).toEqual([
      409,
      'RETURN_TOO_LARGE',
    ]);
    await t.db.policyVersion.deleteMany({ where: { clauseId: 'ningkedai-2025.contributionReturn' } });
  });
});

describe('What must be topped up', () => {
  it('is told on the board and on finance’s first page when capital falls below the clause’s part of what was contributed', async () => {
    const { topUp } = (await t.get('pools/pingluo/board', finance)).body;
    expect(topUp).toMatchObject({ owed: '0.00', floor: '20', explanation: { label: '应补充出资' } });
    // Capital is all that was contributed: only a line above it asks for more.
    await bringIntoForce(t.db, 'ningkedai-2025.topUp', { floor: '120' }, '2026-04-20');
    const { capital: held } = (await t.get('pools/pingluo', finance)).body;
    const board = (await t.get('pools/pingluo/board', finance)).body;
    expect(plus(held, board.topUp.owed)).toBe(plus(held, (await capital()).topUp.owed));
    expect(board.topUp.owed).not.toBe('0.00');
    expect(board.todo.map((x: { kind: string }) => x.kind)).toContain('topUp');
    const { todo } = (await t.get('home', finance)).body;
    expect(todo.filter((x: { kind: string }) => x.kind === 'topUp')).toHaveLength(2);
    await t.db.policyVersion.deleteMany({ where: { clauseId: 'ningkedai-2025.topUp' } });
  });
});

describe('A pool wound up', () => {
  const windUp = (change: object = {}, key = finance, pool = 'yinchuan') =>
    t.post(
      `pools/${pool}/wind-up`,
      {
        payees: [
          { contributor: 'yinchuan-st', accountNo: '6400100155559991' },
          { contributor: 'ningxia-st', accountNo: '6400100155559992' },
        ],
        ...{ paidOn: '2026-05-10', voucherNo: 'W1', reason: '办法到期，不再延续', ...change },
      },
      key,
    );

  it('waits for filings without a decision, and needs every payee’s account', async () => {
    await t.tell('2026-05-05');
    expect(await refusal(() => windUp({ paidOn: '2026-05-05' }))).toEqual([409, 'WIND_UP_FILINGS_WAIT']);
    await t.tell('2026-05-06');
    t.on('2026-05-10');
    expect(await refusal(() => windUp({ payees: [] }))).toEqual([422, 'PAYEE_MISSING']);
    expect(await refusal(() => windUp({}, county))).toEqual([403, 'FORBIDDEN']);
  });

  it('pays out only what no loan ties up, and takes no more filings', async () => {
    const { status, body: order } = await windUp();
    expect([status, order.kind]).toEqual([201, 'windUp']);
    const { reserved, deposits } = (await t.get('pools/yinchuan', finance)).body;
    expect(order.total).toBe(minus(deposits, reserved));
    expect(await refusal(() => windUp({ voucherNo: 'W2' }))).toEqual([409, 'CONFLICT']);
    expect((await confirm(order.id, region, 'yinchuan')).status).toBe(200);
    expect((await t.get('pools/yinchuan', finance)).body).toMatchObject({ deposits: reserved, capital: reserved });
    expect((await capital('yinchuan')).endsOn).toBe('2026-05-10');
    expect(await refusal(() => windUp({ voucherNo: 'W3' }))).toEqual([409, 'POOL_ENDED']);
    const filing = pingluoFilings()({ poolCode: 'yinchuan' });
    const { body } = await writingNothing(t, () => t.post('loan-filings', filing, t.key('bank', 'ningxia-bank')));
    expect(body.errors.map((e: { code: string }) => e.code)).toContain('POOL_ENDED');
  });

  it('takes no more contributions, but books one that had come before its end', async () => {
    const paid = (receivedOn: string, receiptNo: string) => {
      const input = { contributor: 'yinchuan-st', amount: '100.00', receivedOn, receiptNo };
      return t.post('pools/yinchuan/contributions', input, finance);
    };
    const { status, body } = await writingNothing(t, () => paid('2026-05-10', 'LATE-1'));
    expect([status, body.code, body.errors[0].field]).toEqual([409, 'POOL_ENDED', 'receivedOn']);
    expect(body.detail).toContain('已于 2026-05-10 终止，此后到账的款项不能登记为出资');
    expect((await paid('2026-05-09', 'LATE-2')).status).toBe(201);
  });

  it('gives back the rest as loans are repaid', async () => {
    const ningxia = t.key('bank', 'ningxia-bank');
    const [loan] = (await t.get('loans?sort=id&limit=1', ningxia)).body.items;
    await t.post(
      `loans/${loan.id}/repayments`,
      { amount: loan.outstandingPrincipal, paidOn: '2026-05-08', repaymentNo: 'Z1' },
      ningxia,
    );
    const amount = await free('ningxia-st', 'yinchuan');
    expect(amount).not.toBe('0.00');
    const { id } = (
      await propose(aReturn({ contributor: 'ningxia-st', amount, paidOn: '2026-05-10' }), finance, 'yinchuan')
    ).body;
    expect((await confirm(id, other, 'yinchuan')).status).toBe(200);
    expect(await free('ningxia-st', 'yinchuan')).toMatch(/^\d+\.\d\d$/);
  });
});

describe('A filing revoked', () => {
  const REASON = { ground: 'misuse', reason: '检查发现贷款流入房地产', occurredOn: '2026-04-18' };
  const loanOf = async (dueBillNo: string) => (await t.get(`loans?dueBillNo=${dueBillNo}`, bank)).body.items[0];

  it('releases the reserve, leaves the portfolio, and needs no report any more', async () => {
    const loan = await loanOf('SZSJJ202696055953');
    const before = (await t.get('pools/pingluo', finance)).body;
    const proposed = await t.post(`loans/${loan.id}/revoke`, REASON, county);
    expect(proposed.status).toBe(201);
    expect(proposed.body).toMatchObject({ groundName: '挪用贷款', status: 'proposed', proposedBy: '平罗县审核员' });
    expect((await writingNothing(t, () => t.post(`loans/${loan.id}/revoke`, REASON, county))).body.id).toBe(
      proposed.body.id,
    );
    expect(await refusal(() => t.post(`loans/${loan.id}/revoke`, REASON, region))).toEqual([
      409,
      'REVOCATION_PROPOSED',
    ]);
    expect(await refusal(() => t.post(`loans/${loan.id}/revoke/confirm`, undefined, county))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    const [a, b] = await Promise.all(
      [region, second].map((key) => t.post(`loans/${loan.id}/revoke/confirm`, undefined, key)),
    );
    expect([a!.status, b!.status].sort()).toEqual([200, 409]);
    const now = (await t.get(`loans/${loan.id}`, bank)).body;
    expect(now).toMatchObject({
      status: 'revoked',
      outstandingPrincipal: '0.00',
      countedOutstanding: '0.00',
      reserve: '0.00',
    });
    expect(now.events.at(-1)).toMatchObject({
      kind: 'revocation',
      occurredOn: '2026-04-18',
      principalDelta: '-3140000.00',
    });
    const after = (await t.get('pools/pingluo', finance)).body;
    expect(minus(before.reserved, after.reserved)).toBe(loan.reserve);
    expect(minus(before.outstandingPrincipal, after.outstandingPrincipal)).toBe('3140000.00');
    expect((await t.get(`loans/${loan.id}/revocations`, bank)).body.items).toMatchObject([
      { status: 'confirmed', proposedBy: null },
    ]);
    const line = {
      ...{
        dueBillNo: 'SZSJJ202696055953',
        outstandingPrincipal: '3140000.00',
        principalRepaid: '0.00',
        interestPaid: '0.00',
      },
      ...{ loanClassification: 'normal', overdueDays: 0, paidOff: false },
    };
    t.on('2026-06-01');
    const report = await writingNothing(t, () => t.post('balance-reports', { period: '2026-05', lines: [line] }, bank));
    t.on('2026-05-10');
    expect(report.body.errors.map((e: { code: string }) => e.code)).toContain('LOAN_REVOKED');
    const { lastReportPeriod } = await loanOf('SZSJJ202696055953');
    expect(lastReportPeriod).toBe('2026-04');
  });

  it('is refused on other grounds, for what is not in the pool, by who proposed it, and over the head of a claim', async () => {
    const { id } = await loanOf('SZSJJ202662496363');
    const revoke = (body: object, key = region, loan = id) => t.post(`loans/${loan}/revoke`, body, key);
    expect(await refusal(() => revoke({ ...REASON, ground: 'representative' }))).toEqual([422, 'GROUND_UNKNOWN']);
    expect(await refusal(() => revoke({ ...REASON, occurredOn: '2026-05-11' }))).toEqual([422, 'DATE_OUT_OF_RANGE']);
    expect(await refusal(() => revoke({ ...REASON, reason: ' ' }))).toEqual([422, 'INVALID_INPUT']);
    expect(await refusal(() => revoke(REASON, bank))).toEqual([403, 'FORBIDDEN']);
    expect(await refusal(() => revoke(REASON, t.key('countyReviewer', 'yinchuan-st')))).toEqual([404, 'NOT_FOUND']);
    expect(await refusal(() => revoke(REASON, region, '999999'))).toEqual([404, 'NOT_FOUND']);
    const gone = await loanOf('SZSJJ202696055953');
    expect(await refusal(() => revoke(REASON, region, gone.id))).toEqual([409, 'LOAN_REVOKED']);
    expect(await refusal(() => t.post(`loans/${id}/revoke/confirm`, undefined, region))).toEqual([
      409,
      'NO_REVOCATION_PROPOSED',
    ]);
    await revoke(REASON);
    expect(await refusal(() => t.post(`loans/${id}/revoke/confirm`, undefined, region))).toEqual([403, 'SAME_PERSON']);
    const no = await t.post(`loans/${id}/revoke/refuse`, { reason: '查无实据' }, second);
    expect(no.body).toMatchObject({ status: 'refused', decision: '查无实据' });
    expect((await loanOf('SZSJJ202662496363')).status).toBe('active');
  });

  it('settles: the month foots with the loan gone', async () => {
    const { status, body } = await t.post('settlements', { poolCode: 'pingluo', period: '2026-04' }, finance);
    expect([status, body.code]).toEqual([201, undefined]);
    const lines = body.sections.find((s: { name: string }) => s.name === '贷款余额').lines;
    expect(lines).toContainEqual(expect.objectContaining({ name: '撤销备案', amount: '-3140000.00' }));
    const own = body.sections.find((s: { name: string }) => s.name === '各方出资').lines;
    expect(own.map((l: { name: string }) => l.name)).toContain('退回出资');
  });
});

it('No error was logged, and both books stand every test', async () => {
  expect(t.log.errors).toEqual([]);
  for (const pool of ['pingluo', 'yinchuan'])
    expect((await t.pool.query('SELECT * FROM ledger.verify($1)', [pool])).rows).toEqual([]);
});

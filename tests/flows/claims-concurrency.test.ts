import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { approved, balances, claimFor, DAYS, expectStatus, funded, lender, people } from './claims-support.ts';
import { writingNothing } from './support.ts';

let t: Demonstration;
let who: ReturnType<typeof people>;
/** 32 claims of 100,000.00 in order of approval; each contributor's 400,000.00 pays 40,000.00 of ten of them. */
let claims: string[];

beforeAll(async () => {
  t = await startDemonstration();
  who = people(t);
  await funded(t, '400000.00', '400000.00');
  const lend = lender(t);
  const loans = [];
  for (let i = 0; i < 32; i++) loans.push(await lend({ principal: '100000.00', countedPrincipal: '100000.00' }));
  t.on(DAYS.claimed);
  claims = [];
  for (const { dueBillNo } of loans) claims.push(await approved(t, claimFor(dueBillNo, '100000.00')));
}, 120_000);
afterAll(() => t.stop());

const pay = (id: string, key = who.finance) => t.post(`claims/${id}/pay`, {}, key);
const states = async () => {
  const { items } = (await t.get('claims?limit=100&sort=queueNo', who.finance)).body;
  return items.map((c: { id: string; status: string; queueNo: number }) => ({
    id: c.id,
    status: c.status,
    at: c.queueNo,
  }));
};
const contribute = (contributor: string, amount: string) =>
  t.post(
    'pools/pingluo/contributions',
    { contributor, amount, receivedOn: DAYS.claimed, receiptNo: `MORE-${contributor}-${amount}` },
    who.finance,
  );

describe('32 claims at once against a pool that can pay ten', () => {
  it('ten are paid, each in full, in order of approval; 22 wait, whoever asked first', async () => {
    const shuffled = claims.map((id, i) => ({ id, at: (i * 19) % 32 })).sort((a, b) => a.at - b.at);
    const answers = await Promise.all(shuffled.map(({ id }, i) => pay(id, i % 2 ? who.finance : who.other)));
    const found = shuffled.map(({ id }, i) => ({ id, status: answers[i]!.status, code: answers[i]!.body.code }));
    expect(
      found
        .filter((f) => f.status === 200)
        .map((f) => f.id)
        .sort(),
    ).toEqual([...claims.slice(0, 10)].sort());
    expect(new Set(found.filter((f) => f.status !== 200).map((f) => `${f.status} ${f.code}`))).toEqual(
      new Set(['409 CLAIM_WAITS']),
    );
    expect((await states()).map((s: { status: string }) => s.status)).toEqual([
      ...Array.from({ length: 10 }, () => 'paid'),
      ...Array.from({ length: 22 }, () => 'confirmed'),
    ]);
  });

  it('each contributor holds its own part, and nothing is left', async () => {
    const held = await balances(t);
    for (const party of ['ningxia-st', 'pingluo-st']) {
      const receivables = Object.entries(held).filter(
        ([name]) => name.startsWith('1218 ') && name.endsWith(`:${party}`),
      );
      expect(receivables.map(([, balance]) => balance)).toEqual(Array.from({ length: 10 }, () => '40000.00'));
    }
    const { deposits, capital } = (await t.get('pools/pingluo', who.finance)).body;
    expect([deposits, capital]).toEqual(['0.00', '0.00']);
  });

  it('says to each that waits its place and what is lacking', async () => {
    const next = await writingNothing(t, () => pay(claims[10]!));
    expect(next.body.detail).toContain('本申请尚缺 80,000.00 元，按批准先后等候');
    expect((await writingNothing(t, () => pay(claims[12]!))).body.detail).toContain('之前尚有 2 份已批准的申请等候');
    const seenBy = async (key: string) => (await t.get(`claims/${claims[12]}`, key)).body;
    expect(await seenBy(who.finance)).toMatchObject({ ahead: 2, turn: { now: false, lacking: '80000.00' } });
    // A bank knows its place, not what the contributors hold.
    expect(await seenBy(who.bank)).toMatchObject({ ahead: 2, turn: null });
  });

  it('money of one contributor alone pays nobody; with the other’s the next is paid, and is not paid by itself', async () => {
    expectStatus(await contribute('pingluo-st', '40000.00'), 201);
    const half = await writingNothing(t, () => pay(claims[10]!));
    expect(half.body.detail).toContain('尚缺 40,000.00 元');
    expectStatus(await contribute('ningxia-st', '39999.99'), 201);
    expect((await writingNothing(t, () => pay(claims[10]!))).body.detail).toContain('尚缺 0.01 元');
    expectStatus(await contribute('ningxia-st', '0.01'), 201);
    expect((await writingNothing(t, () => pay(claims[11]!))).body.code).toBe('CLAIM_WAITS');
    expect((await states())[10].status).toBe('confirmed');
    expectStatus(await pay(claims[10]!), 200);
  });

  it('16 payments of one claim at once pay it once; again it is refused and nothing is posted', async () => {
    expectStatus(await contribute('pingluo-st', '40000.02'), 201);
    expectStatus(await contribute('ningxia-st', '40000.02'), 201);
    const answers = await Promise.all(Array.from({ length: 16 }, () => pay(claims[11]!)));
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1);
    const twice = await writingNothing(t, () => pay(claims[11]!));
    expect([twice.status, twice.body.code, twice.body.detail]).toEqual([
      409,
      'ALREADY_COMPENSATED',
      '该申请已拨付，不能再拨付',
    ]);
  });

  it('what is out as a receivable cannot be taken out of the pool as a contribution', async () => {
    const { items } = (await t.get('pools/pingluo/contributions', who.finance)).body;
    const first = items.find((c: { amount: string }) => c.amount === '400000.00');
    const { status } = await t.post(`pools/pingluo/contributions/${first.id}/reverse`, { reason: '误登' }, who.other);
    expect(status).toBe(409);
  });
});

it('No error was logged, and the book stands every test', async () => {
  expect(t.log.errors).toEqual([]);
  expect((await t.pool.query("SELECT * FROM ledger.verify('pingluo')")).rows).toEqual([]);
});

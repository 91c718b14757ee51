import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/access/context.ts';
import {
  type ClaimEvent,
  type ClaimLife,
  happen,
  lifeOf,
  outstanding,
  type Posting,
  receivables,
  type Step,
  takeBack,
  writeOffRest,
} from '../../src/compensation/claim-life.ts';
import { draftClaim, submitClaim } from '../../src/compensation/claim-service.ts';
import type { Leaf } from '../../src/compensation/contributors.ts';
import { payClaim } from '../../src/compensation/payment-service.ts';
import { proveInterest, recordCost, recordRecovery } from '../../src/compensation/recovery-service.ts';
import { confirmRefund, proposeRefund, receiveRefund } from '../../src/compensation/refund-service.ts';
import { reverseEvent } from '../../src/compensation/reversal-service.ts';
import { approveClaim, confirmClaim, verifyClaim } from '../../src/compensation/review-service.ts';
import { confirmWriteOff, proposeWriteOff } from '../../src/compensation/write-off-service.ts';
import { DomainError } from '../../src/errors.ts';
import { consent, fileLoan } from '../../src/loans/filing-service.ts';
import { fromFen } from '../../src/money/fen.ts';
import { Exact, type Money, sum, toWire, ZERO } from '../../src/money/money.ts';
import { addPartnership, createInstitution } from '../../src/parties/institution-service.ts';
import { recordContribution } from '../../src/pool/contribution-service.ts';
import { createPool } from '../../src/pool/service.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { claimFor, DAYS, handIn, PAPERS } from './claims-support.ts';
import { pingluoFilings } from './support.ts';

const SEQUENCES = Number(process.env.SEQUENCES ?? 300);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Repeatable randomness (mulberry32). */
function random(seed: number) {
  let a = seed;
  const next = (): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    upTo: (n: number) => Math.floor(next() * (n + 1)),
    one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!,
  };
}
type Rng = ReturnType<typeof random>;

/** The same pool under documents of different structure: nothing else differs between them. */
const POLICIES = ['ningkedai-2025', 'xiamen-kexindai', 'henan-2025', 'zhuhai-2022', 'anhui-2022'];
const CONTRIBUTIONS = { 'pingluo-st': '1000000.37', 'ningxia-st': '700000.11', 'second-county': '300000.07' };

let t: Demonstration;
let actors: Record<'bank' | 'county' | 'first' | 'second' | 'finance' | 'other', Actor>;
const as = (who: keyof typeof actors) => t.contextOf(actors[who]);

/** A claim in the database and its loss in the pure model. */
interface Both {
  id: bigint;
  pool: string;
  bank: string;
  borrower: string;
  life: ClaimLife;
  /** what the pool has advanced and not got back */
  cost: Money;
}
/** By pool: what the accounts that many claims share should hold. */
const books = new Map<string, Map<string, Money>>();

function book(pool: string, account: string, by: Money): void {
  const held = books.get(pool)!;
  held.set(account, (held.get(account) ?? ZERO).plus(by));
}

/** What postings do to the accounts that claims share, said once more and in other words than the service's. */
function follow(both: Both, postings: readonly Posting[]): void {
  const { pool, life } = both;
  for (const { kind, bearer, party, amount } of postings) {
    const own = life.borne.some((l) => l.kind === 'own' && l.bearer === bearer && l.party === party);
    if (kind === 'compensation') book(pool, '1002', amount.neg());
    if (kind === 'costPaid' && party === 'pool') book(pool, '1002', amount.neg());
    if (kind === 'costPaid' && party === 'pool') both.cost = both.cost.plus(amount);
    if (kind === 'costRepaid' && party === 'pool') both.cost = both.cost.minus(amount);
    if (
      [
        'costRepaid',
        'recovery',
        'recoveryAfterWriteOff',
        'bankInterest',
        'borrower',
        'refund',
        'refundAfterWriteOff',
      ].includes(kind)
    )
      book(pool, '1002', amount);
    if ((kind === 'costRepaid' && party !== 'pool') || (kind === 'recovery' && own) || kind === 'bankInterest')
      book(pool, `2307 ${party}`, amount);
    if (kind === 'borrower') book(pool, `2307 ${both.borrower}`, amount);
    if (kind === 'writeOff') book(pool, `2901 ${party}`, amount.neg());
    if (kind === 'recoveryAfterWriteOff' || kind === 'refundAfterWriteOff') book(pool, `2901 ${party}`, amount);
  }
}

/** Everything that a claim's and its pool's accounts should hold, from the pure model alone; nothing of 0.00. */
function expectedOf({ id, pool, life, cost }: Both): Record<string, string> {
  const found = new Map<string, Money>();
  const add = (name: string, amount: Money) => found.set(name, (found.get(name) ?? ZERO).plus(amount));
  const [due, left] = [receivables(life), outstanding(life)];
  for (const [i, { kind, party }] of life.borne.entries()) {
    if (kind === 'own') for (const code of ['9201', '9202']) add(`${code} ${id}:${party}`, left[i]!);
    else add(`1218 ${id}:${party}`, due[i]!);
    if (kind === 'pool') for (const code of ['9301', '9302']) add(`${code} ${id}:${party}`, left[i]!.minus(due[i]!));
  }
  add(`1218 ${id}:cost`, cost);
  for (const [name, amount] of books.get(pool)!) add(name, amount);
  return Object.fromEntries([...found].filter(([, m]) => !m.isZero()).map(([name, m]) => [name, toWire(m)]));
}

async function heldOf({ id, pool }: Both): Promise<{ held: Record<string, string>; capital: string; sheet: string }> {
  const { rows } = await t.pool.query<{ code: string; key: string; balance: string }>(
    `SELECT code, sub_key AS key, balance::text FROM ledger.account WHERE book_id = $1 AND balance <> 0 AND code NOT IN ('9101', '9102')`,
    [pool],
  );
  const { rows: position } = await t.pool.query<{ capital: string; sheet: string }>(
    `SELECT s.capital::text, (SELECT coalesce(sum(CASE a.code WHEN '2901' THEN a.balance WHEN '1218' THEN -a.balance ELSE 0 END), 0)::text FROM ledger.account a WHERE a.book_id = $1) AS sheet
       FROM pool_position s WHERE s.pool_code = $1`,
    [pool],
  );
  const own = rows.filter(({ key }) => !key.includes(':') || key.startsWith(`${id}:`));
  const held = Object.fromEntries(
    own.map(({ code, key, balance }) => [code === '1002' ? code : `${code} ${key}`, balance]),
  );
  return { held, ...position[0]! };
}

async function agree(both: Both, where: string): Promise<void> {
  const { held, capital, sheet } = await heldOf(both);
  expect([where, held]).toEqual([where, expectedOf(both)]);
  expect([where, capital]).toEqual([where, sheet]);
}

const fen = (n: number): string => toWire(fromFen(BigInt(n)));
let numbers = 0;

/** A loan of a random amount, filed whole or in part. */
async function lend(rng: Rng, pool: string, aFiling: ReturnType<typeof pingluoFilings>) {
  const principal = 1_000_00 + rng.upTo(9_000_00);
  const counted = rng.one([principal, principal, Math.ceil(principal * 0.8), principal - 1]);
  const filing = aFiling({
    poolCode: pool,
    principal: fen(principal),
    countedPrincipal: fen(counted),
    maturesOn: DAYS.due,
  });
  const { filing: filed } = await fileLoan(as('bank'), filing);
  await consent(as('county'), BigInt(filed.id));
  return { dueBillNo: filing.dueBillNo, principal };
}

/** Claims, reviews, approves all of it or a part, and pays. */
async function compensate(rng: Rng, pool: string, loan: Awaited<ReturnType<typeof lend>>): Promise<Both> {
  const facts = { creditShare: rng.one(['100', '75', '55']), firstTimeBorrower: rng.one([true, false]) };
  const capFacts = { publicMoney: '0.00', lastYearBalance: rng.one(['1000000000.00', '100000.00']) };
  const request = {
    ...claimFor(loan.dueBillNo, fen(loan.principal)),
    classification: 'substandard' as const,
    facts,
    capFacts,
  };
  const { claim } = await draftClaim(as('bank'), request);
  const id = BigInt(claim.id);
  await handIn(t, id, PAPERS, actors.bank);
  await submitClaim(as('bank'), id);
  await verifyClaim(as('county'), id, null);
  const recognised = rng.one([loan.principal, loan.principal, 1 + rng.upTo(loan.principal - 1)]);
  await approveClaim(as('first'), id, { recognised: fen(recognised), note: '核定' });
  await confirmClaim(as('second'), id);
  const paid = await payClaim(as('finance'), id, {});
  const leaves = paid.waterfall!.rows.map(
    (r): Leaf => ({ bearer: r.bearer, party: r.party, kind: r.kind, amount: new Exact(r.amount) }),
  );
  expect(toWire(sum(leaves.map((l) => l.amount)))).toBe(fen(loan.principal));
  const { life, postings } = happen(lifeOf(leaves), { kind: 'paid', id: `claim:${id}:paid` });
  const both: Both = { id, pool, bank: claim.bankCode, borrower: claim.enterpriseUscc, life, cost: ZERO };
  follow(both, postings);
  return both;
}

/** One random thing that happens: what the model makes of it, and the same asked of the service. */
function anEvent(rng: Rng, both: Both): { say: string; model(): Step; service(): Promise<unknown> } {
  const { id, life, pool, bank } = both;
  const total = Number(life.weights.reduce((a, b) => a + b, 0n));
  const no = `${++numbers}`;
  const day = DAYS.claimed;
  const kind = rng.one([
    'recovery',
    'recovery',
    'recovery',
    'recovery',
    'cost',
    'interest',
    'reverse',
    'reverse',
    'reverse',
    'writeOff',
    rng.one(['recovery', 'refund']),
  ]);
  if (kind === 'recovery') {
    const amount = rng.one([rng.upTo(total / 3), rng.upTo(total / 3), rng.upTo(9), total]);
    const [cost, basis] = [rng.one([0, 0, rng.upTo(Math.floor(amount / 4))]), rng.one(['gross', 'net'] as const)];
    const event: ClaimEvent = {
      kind,
      id: `recovery:${pool}:${no}`,
      amount: fromFen(BigInt(amount)),
      basis,
      cost: fromFen(BigInt(cost)),
      paidBy: bank,
    };
    const input = { amount: fen(amount), cost: fen(cost), basis, obtainedOn: day, receivedOn: day, receiptNo: no };
    return {
      say: `recovery ${fen(amount)} ${basis} ${fen(cost)}`,
      model: () => happen(life, event),
      service: () => recordRecovery(as('finance'), id, input),
    };
  }
  if (kind === 'cost') {
    const [amount, paidBy] = [rng.upTo(5_000), rng.one(['pool', bank])];
    const event: ClaimEvent = { kind, id: `cost:${pool}:${no}`, amount: fromFen(BigInt(amount)), paidBy };
    const input = { amount: fen(amount), paidBy, paidOn: day, voucherNo: no };
    return {
      say: `cost ${fen(amount)} ${paidBy}`,
      model: () => happen(life, event),
      service: () => recordCost(as('finance'), id, input),
    };
  }
  if (kind === 'interest') {
    const amount = fen(rng.upTo(20_000));
    const event: ClaimEvent = {
      kind: 'interestProven',
      id: `interest:${id}:${day}:${amount}`,
      amount: new Exact(amount),
    };
    if (life.events.some((e) => e.id === event.id)) return anEvent(rng, both);
    return {
      say: `interest ${amount}`,
      model: () => happen(life, event),
      service: () => proveInterest(as('finance'), id, { amount, provenOn: day, note: no }),
    };
  }
  if (kind === 'reverse') {
    const candidates = life.events.filter((e) => e.kind === 'recovery' || e.kind === 'cost');
    if (candidates.length === 0) return anEvent(rng, both);
    const { id: reference } = rng.one(candidates);
    const service = async () => {
      const row = await t.db.claimEvent.findUniqueOrThrow({ where: { reference } });
      return reverseEvent(as('other'), id, row.id, '误登');
    };
    return { say: `reverse ${reference}`, model: () => takeBack(life, reference), service };
  }
  if (kind === 'writeOff') {
    const service = async () => {
      await proposeWriteOff(as('first'), id, { reason: '终结执行', courtOrderOn: day });
      return confirmWriteOff(as('second'), id);
    };
    return { say: 'write-off', model: () => writeOffRest(life, `writeOff:${no}`), service };
  }
  const amount = toWire(sum(outstanding(life).filter((_, i) => life.borne[i]!.kind === 'pool')));
  const service = async () => {
    await proposeRefund(as('first'), id, { ground: 'false', reason: '虚假材料' });
    await confirmRefund(as('second'), id);
    return receiveRefund(as('finance'), id, { amount, receivedOn: day, receiptNo: no });
  };
  return { say: `refund ${amount}`, model: () => happen(life, { kind: 'refund', id: `refund:${no}` }), service };
}

const attempt = async <T>(act: () => T | Promise<T>): Promise<{ done: T } | { refused: string }> => {
  try {
    return { done: await act() };
  } catch (error) {
    if (error instanceof DomainError) return { refused: error.code };
    throw error;
  }
};
/** Where the service asks first and so says it in other words than the model. */
const SAME: Record<string, string> = { WRITE_OFF_REFUSED: 'WRITE_OFF_NOTHING_LEFT', CAPITAL_BELOW_ZERO: '' };

beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-01-06');
  const of = async (...who: Parameters<Demonstration['actor']>) => t.actor(...who);
  actors = {
    ...{ bank: await of('bank', 'shizuishan-bank'), county: await of('countyReviewer', 'pingluo-st') },
    ...{ first: await of('regionalReviewer', 'ningxia-st'), second: await of('regionalReviewer', 'ningxia-st', true) },
    ...{ finance: await of('finance'), other: await of('finance', undefined, true) },
  };
  await createInstitution(t.contextOf(), { code: 'second-county', name: '第二合作单位', kind: 'cooperatingUnit' });
  for (const [i, policyCode] of POLICIES.entries()) {
    const code = `pool-${i}`;
    const account = { accountNo: `64022001555599${i}0`, accountName: '平罗县科学技术局', bankName: '石嘴山银行' };
    await createPool(t.contextOf(), {
      ...{ code, name: `资金池 ${policyCode}`, programme: '宁科贷', policyCode, regions: ['石嘴山市平罗县'] },
      ...{ cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st', accounts: [account] },
    });
    await addPartnership(t.contextOf(), 'shizuishan-bank', {
      poolCode: code,
      validFrom: '2026-01-01',
      document: '合作协议',
    });
    books.set(code, new Map());
    for (const [contributor, amount] of Object.entries(CONTRIBUTIONS)) {
      const input = { poolCode: code, contributor, amount, receivedOn: '2026-01-06', receiptNo: `IN-${contributor}` };
      await recordContribution(as('finance'), input);
      book(code, '1002', new Exact(amount));
      book(code, `2901 ${contributor}`, new Exact(amount));
    }
  }
  actors.county = await of('countyReviewer', 'pingluo-st');
}, 120_000);
afterAll(() => t.stop());

describe(`${SEQUENCES} random sequences through the database (SEED=${SEED})`, () => {
  it('leave in the ledger, after every step, what the pure model says', async () => {
    console.info(`compensation-properties: SEED=${SEED} SEQUENCES=${SEQUENCES}`);
    const rng = random(SEED);
    const aFiling = pingluoFilings();
    t.on(DAYS.filed);
    const loans: { pool: string; loan: Awaited<ReturnType<typeof lend>> }[] = [];
    for (let i = 0; i < SEQUENCES; i++) {
      const pool = `pool-${i % POLICIES.length}`;
      loans.push({ pool, loan: await lend(rng, pool, aFiling) });
    }
    t.on(DAYS.claimed);
    const all: Both[] = [];
    for (const { pool, loan } of loans) all.push(await compensate(rng, pool, loan));
    let steps = 0;
    const refusals = new Map<string, number>();
    for (const both of all) {
      await agree(both, `claim ${both.id} paid`);
      for (let n = 1 + rng.upTo(6); n > 0; n--) {
        const event = anEvent(rng, both);
        const [said, done] = [await attempt(event.model), await attempt(event.service)];
        const where = `claim ${both.id}: ${event.say}`;
        if ('refused' in done) refusals.set(done.refused, (refusals.get(done.refused) ?? 0) + 1);
        const code = 'refused' in done ? (SAME[done.refused] ?? done.refused) : null;
        expect([where, code]).toEqual([where, 'refused' in said ? said.refused : null]);
        if ('done' in said) {
          both.life = said.done.life;
          follow(both, said.done.postings);
        }
        await agree(both, where);
        steps++;
      }
    }
    console.info(`compensation-properties: ${steps} steps, refused: ${JSON.stringify(Object.fromEntries(refusals))}`);
    for (const pool of books.keys())
      expect((await t.pool.query('SELECT * FROM ledger.verify($1)', [pool])).rows).toEqual([]);
    expect(t.log.errors).toEqual([]);
  }, 600_000);

  it('come from structures that differ: no two documents share a loss alike', async () => {
    const { rows } = await t.pool.query<{ pool: string; parts: string }>(
      `SELECT c.pool_code AS pool, string_agg(DISTINCT s.bearer, ',' ORDER BY s.bearer) AS parts FROM claim c JOIN claim_share s ON s.claim_id = c.id GROUP BY 1 ORDER BY 1`,
    );
    expect(rows.length).toBe(Math.min(POLICIES.length, SEQUENCES));
    expect(new Set(rows.map((r) => r.parts))).toContain('bank,cooperatingUnit,region');
    expect(new Set(rows.map((r) => r.parts)).size).toBeGreaterThan(1);
  });
});

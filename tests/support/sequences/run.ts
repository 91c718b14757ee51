import { isDeepStrictEqual } from 'node:util';
import { happen, lifeOf } from '../../../src/compensation/claim-life.ts';
import { draftClaim, submitClaim } from '../../../src/compensation/claim-service.ts';
import type { Leaf } from '../../../src/compensation/contributors.ts';
import { payClaim } from '../../../src/compensation/payment-service.ts';
import { approveClaim, confirmClaim, verifyClaim } from '../../../src/compensation/review-service.ts';
import { DomainError } from '../../../src/errors.ts';
import { consent, fileLoan } from '../../../src/loans/filing-service.ts';
import { Exact, sum, toWire, ZERO } from '../../../src/money/money.ts';
import { claimFor, DAYS, pingluoFilings } from '../claims.ts';
import { anEvent } from './events.ts';
import { type Both, expectedOf, follow } from './model.ts';
import { type Rng, random } from './rng.ts';
import { as, fen, handPapers, type Scene } from './scene.ts';

/** What came of some sequences: how many steps they took, and how often which rule refused one. */
export interface Played {
  steps: number;
  refusals: Map<string, number>;
}

/**
 * Plays random sequences of what may happen to compensated losses, through the services, and the same in the pure model: after every step the ledger holds
 * what the model says, and what one refuses the other does. Throws at the first difference, saying where. Same seed, same sequences.
 */
export async function playSequences(scene: Scene, count: number, seed: number): Promise<Played> {
  const rng = random(seed);
  const aFiling = pingluoFilings();
  scene.on(DAYS.filed);
  const loans: { pool: string; loan: Lent }[] = [];
  for (let i = 0; i < count; i++) {
    const pool = scene.pools[i % scene.pools.length]!;
    loans.push({ pool, loan: await lend(scene, rng, pool, aFiling) });
  }
  scene.on(DAYS.claimed);
  const all: Both[] = [];
  for (const { pool, loan } of loans) all.push(await compensate(scene, rng, pool, loan, all[0]?.id ?? null));
  const played: Played = { steps: 0, refusals: new Map() };
  for (const both of all) {
    await agree(scene, both, `claim ${both.id} paid`);
    for (let n = 1 + rng.upTo(6); n > 0; n--) await happens(scene, rng, both, played);
  }
  return played;
}

async function happens(scene: Scene, rng: Rng, both: Both, played: Played): Promise<void> {
  const event = anEvent(scene, rng, both);
  const [said, done] = [await attempt(event.model), await attempt(event.service)];
  const where = `claim ${both.id}: ${event.say}`;
  if ('refused' in done) played.refusals.set(done.refused, (played.refusals.get(done.refused) ?? 0) + 1);
  const code = 'refused' in done ? (SAME[done.refused] ?? done.refused) : null;
  same(where, code, 'refused' in said ? said.refused : null);
  if ('done' in said) {
    both.life = said.done.life;
    follow(both, said.done.postings);
  }
  await agree(scene, both, where);
  played.steps++;
}

/** Where the service asks first and so says it in other words than the model. */
const SAME: Record<string, string> = { WRITE_OFF_REFUSED: 'WRITE_OFF_NOTHING_LEFT', CAPITAL_BELOW_ZERO: '' };

async function attempt<T>(act: () => T | Promise<T>): Promise<{ done: T } | { refused: string }> {
  try {
    return { done: await act() };
  } catch (error) {
    if (error instanceof DomainError) return { refused: error.code };
    throw error;
  }
}

function same(where: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`${where}: the service has ${JSON.stringify(found)}, the model ${JSON.stringify(expected)}`);
}

/** What every guarantor was released of in the year, as claimed: small, so that the cap on it is met. */
export const GUARANTEED_IN_YEAR = '200000.00';

interface Lent {
  dueBillNo: string;
  principal: number;
}

/** A loan of a random amount, filed whole or in part. */
async function lend(scene: Scene, rng: Rng, pool: string, aFiling: ReturnType<typeof pingluoFilings>): Promise<Lent> {
  const principal = 1_000_00 + rng.upTo(9_000_00);
  const counted = rng.one([principal, principal, Math.ceil(principal * 0.8), principal - 1]);
  const filing = aFiling({
    ...{ poolCode: pool, enterpriseUscc: scene.enterprise, maturesOn: DAYS.due },
    ...{ principal: fen(principal), countedPrincipal: fen(counted) },
  });
  const { filing: filed } = await fileLoan(as(scene, 'bank'), filing);
  await consent(as(scene, 'county'), BigInt(filed.id));
  return { dueBillNo: filing.dueBillNo, principal };
}

/** Claims, reviews, approves all of it or a part, and pays. */
async function compensate(scene: Scene, rng: Rng, pool: string, loan: Lent, like: bigint | null): Promise<Both> {
  const facts = {
    ...{ creditShare: rng.one(['100', '75', '55']), firstTimeBorrower: rng.one([true, false]) },
    projectKinds: rng.one([['industryUniversity'], ['other']]),
  };
  const lastYearBalance = rng.one(['1000000000.00', '100000.00']);
  const capFacts = { publicMoney: '0.00', lastYearBalance, guaranteedInYear: GUARANTEED_IN_YEAR };
  const asked = { ...claimFor(loan.dueBillNo, fen(loan.principal)), classification: 'substandard' as const };
  const { claim } = await draftClaim(as(scene, 'bank'), { ...asked, facts, capFacts });
  const id = BigInt(claim.id);
  await handPapers(scene, id, like);
  await submitClaim(as(scene, 'bank'), id);
  await verifyClaim(as(scene, 'county'), id, null);
  const recognised = rng.one([loan.principal, loan.principal, 1 + rng.upTo(loan.principal - 1)]);
  await approveClaim(as(scene, 'first'), id, { recognised: fen(recognised), note: '核定' });
  await confirmClaim(as(scene, 'second'), id);
  const paid = await payClaim(as(scene, 'finance'), id, {});
  const leaves = paid.waterfall!.rows.map(
    (r): Leaf => ({ bearer: r.bearer, party: r.party, kind: r.kind, amount: new Exact(r.amount) }),
  );
  same(`claim ${id} shared`, toWire(sum(leaves.map((l) => l.amount))), fen(loan.principal));
  const { life, postings } = happen(lifeOf(leaves), { kind: 'paid', id: `claim:${id}:paid` });
  const both: Both = {
    id,
    pool,
    bank: claim.bankCode,
    borrower: claim.enterpriseUscc,
    life,
    cost: ZERO,
    costKept: new Map(),
  };
  follow(both, postings);
  return both;
}

async function agree(scene: Scene, both: Both, where: string): Promise<void> {
  const { held, capital, sheet } = await heldOf(scene, both);
  const expected = expectedOf(both);
  for (const name of new Set([...Object.keys(held), ...Object.keys(expected)]))
    same(`${where}: ${name}`, held[name], expected[name]);
  same(`${where}: capital`, capital, sheet);
}

async function heldOf({ pool }: Scene, both: Both) {
  const { rows } = await pool.query<{ code: string; key: string; balance: string }>(
    `SELECT code, sub_key AS key, balance::text FROM ledger.account
      WHERE book_id = $1 AND balance <> 0 AND code NOT IN ('9101', '9102') AND (sub_key NOT LIKE '%:%' OR sub_key LIKE $2)`,
    [both.pool, `${both.id}:%`],
  );
  const { rows: position } = await pool.query<{ capital: string; sheet: string }>(
    `SELECT s.capital::text, (SELECT coalesce(sum(CASE a.code WHEN '2901' THEN a.balance WHEN '1218' THEN -a.balance ELSE 0 END), 0)::text FROM ledger.account a WHERE a.book_id = $1) AS sheet
       FROM pool_position s WHERE s.pool_code = $1`,
    [both.pool],
  );
  const held = Object.fromEntries(
    rows.map(({ code, key, balance }) => [code === '1002' ? code : `${code} ${key}`, balance]),
  );
  return { held, ...position[0]! };
}

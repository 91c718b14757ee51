import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOf } from '../../src/access/api-key.ts';
import { FIRM } from '../support/claims.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { GUARANTEED_IN_YEAR, playSequences } from '../support/sequences/run.ts';
import { POLICIES, type Scene, setScene } from '../support/sequences/scene.ts';

// Every run plays other sequences; what failed is played again by setting SEED to the seed printed. The bench plays more of them.
const SEQUENCES = Number(process.env.SEQUENCES ?? 300);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

let t: Demonstration;
let scene: Scene;

beforeAll(async () => {
  t = await startDemonstration();
  const hire = async (...[role, institutionCode]: Parameters<Scene['hire']>) =>
    actorOf(t.db, (await t.keyFor({ role, institutionCode })).split('_')[1]!);
  scene = await setScene({ ...t, hire }, 0, FIRM);
}, 120_000);
afterAll(() => t.stop());

describe(`${SEQUENCES} random sequences through the database (SEED=${SEED})`, () => {
  it('leave in the ledger, after every step, what the pure model says', async () => {
    console.info(`compensation-properties: SEED=${SEED} SEQUENCES=${SEQUENCES}`);
    const { steps, refusals } = await playSequences(scene, SEQUENCES, SEED);
    console.info(`compensation-properties: ${steps} steps, refused: ${JSON.stringify(Object.fromEntries(refusals))}`);
    for (const pool of scene.pools)
      expect((await t.pool.query('SELECT * FROM ledger.verify($1)', [pool])).rows).toEqual([]);
    expect(t.log.errors).toEqual([]);
  }, 600_000);

  it('never pass the yearly cap of a guarantor: 5 % of what it was released of', async () => {
    const { rows } = await t.pool.query<{ borne: string }>(
      `SELECT coalesce(sum(s.amount), 0)::text AS borne FROM claim_share s JOIN claim c ON c.id = s.claim_id JOIN pool p ON p.code = c.pool_code
        WHERE p.policy_code = 'tech-guarantee-plan-2024' AND s.bearer = 'nationalFund' AND c.status = 'paid'`,
    );
    expect(Number(rows[0]!.borne)).toBeGreaterThan(0);
    expect(Number(rows[0]!.borne)).toBeLessThanOrEqual(Number(GUARANTEED_IN_YEAR) * 0.05);
  });

  it('come from structures that differ: no two documents share a loss alike', async () => {
    const { rows } = await t.pool.query<{ pool: string; parts: string }>(
      `SELECT c.pool_code AS pool, string_agg(DISTINCT s.bearer, ',' ORDER BY s.bearer) AS parts FROM claim c JOIN claim_share s ON s.claim_id = c.id GROUP BY 1 ORDER BY 1`,
    );
    expect(rows.length).toBe(Math.min(POLICIES.length, SEQUENCES));
    expect(new Set(rows.map((r) => r.parts))).toContain('bank,cooperatingUnit,region');
    expect(new Set(rows.map((r) => r.parts)).size).toBeGreaterThan(1);
  });
});

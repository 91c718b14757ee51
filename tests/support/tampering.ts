import type { Context } from '../../src/access/context.ts';
import type { Tx } from '../../src/db/client.ts';
import type { Finding } from '../../verify/report.ts';
import { seeded } from '../bench/support.ts';
import { type ArchivedYear, BOOK, BUDGET, headsOf, verdictOf } from './archive.ts';
import { TAMPERINGS } from './tampering-kinds.ts';

/** What somebody who is above every trigger does, and where it has to be found. */
export interface Tampering {
  kind: string;
  /** whose archive has to say it; left out: the pool's */
  book?: string;
  /** what was done, for whoever reads a failure */
  says: string;
  sql: string[];
  /** whether a finding says the place */
  locates(finding: Finding): boolean;
}

/** What there is to tamper with. */
export interface Targets {
  entries: { seq: number; lines: number }[];
  links: { seq: number; id: number }[];
  bankLines: { id: number; statement: number; row: number; place: number }[];
  subjects: Record<
    | 'settlementStatement'
    | 'document'
    | 'reconciliation'
    | 'settlement'
    | 'drawing'
    | 'closing'
    | 'match'
    | 'difference'
    | 'loanDifference'
    | 'subsidyPayment'
    | 'subsidyClawback',
    { id: string; subject: string }[]
  >;
}

export type Dice = (n: number) => number;
/** Chooses what is tampered with. */
export type Maker = (roll: Dice, targets: Targets) => Omit<Tampering, 'kind'>;

/** A number from 0 up to below n; from a seed always the same row of them. */
export function dice(seed: number): Dice {
  const next = seeded(seed);
  return (n) => Math.floor(next() * n);
}

export async function targetsOf({ pool }: ArchivedYear): Promise<Targets> {
  const rows = async (sql: string) => (await pool.query(sql)).rows;
  const records = (sql: string) => rows(sql) as Promise<{ id: string; subject: string }[]>;
  return {
    entries: await rows(
      `SELECT e.seq::int, (SELECT count(*)::int FROM ledger.line l WHERE l.book_id = e.book_id AND l.seq = e.seq) AS lines FROM ledger.entry e WHERE book_id = '${BOOK}' ORDER BY seq`,
    ),
    links: await rows(`SELECT seq::int, audit_id::int AS id FROM audit.seal WHERE audit_id IS NOT NULL ORDER BY seq`),
    bankLines: await rows(
      `SELECT id::int, statement_id::int AS statement, row, (row_number() OVER (PARTITION BY statement_id ORDER BY id))::int AS place FROM bank_line WHERE pool_code = '${BOOK}' ORDER BY id`,
    ),
    subjects: {
      settlementStatement: await records(
        `SELECT document_id::text AS id, 'settlementStatement:${BOOK}:' || period || ':' || party_kind || ':' || party_code AS subject FROM settlement_statement WHERE pool_code = '${BOOK}' ORDER BY 2`,
      ),
      document: await records(
        `SELECT id::text, 'document:${BOOK}:' || id AS subject FROM document WHERE pool_code = '${BOOK}' ORDER BY 1`,
      ),
      reconciliation: await records(
        `SELECT id::text, 'reconciliation:${BOOK}:' || id AS subject FROM reconciliation WHERE pool_code = '${BOOK}' ORDER BY id`,
      ),
      settlement: await records(
        `SELECT id::text, 'settlement:${BOOK}:' || period AS subject FROM settlement WHERE pool_code = '${BOOK}' ORDER BY 2`,
      ),
      closing: await records(
        `SELECT id::text, 'closing:${BOOK}:' || period AS subject FROM closing WHERE pool_code = '${BOOK}' AND status = 'closed' ORDER BY 2`,
      ),
      match: await records(
        `SELECT id::text, 'match:${BOOK}:' || id AS subject FROM bank_match WHERE pool_code = '${BOOK}' AND undone_on IS NULL AND EXISTS (SELECT FROM bank_match_line u WHERE u.match_id = id)
            AND EXISTS (SELECT FROM bank_match_leg u WHERE u.match_id = id) ORDER BY id`,
      ),
      difference: await records(
        `SELECT d.id::text, 'difference:${BOOK}:' || d.id AS subject FROM difference d WHERE pool_code = '${BOOK}' AND (SELECT count(*) FROM audit.evidence e WHERE e.subject = 'difference:${BOOK}:' || d.id) > 1 ORDER BY d.id`,
      ),
      loanDifference: await records(
        `SELECT id::text, 'loanDifference:${BOOK}:' || id AS subject FROM loan_difference WHERE pool_code = '${BOOK}' ORDER BY id`,
      ),
      subsidyPayment: await records(
        `SELECT p.id::text, 'subsidyPayment:${BUDGET}:' || p.id AS subject FROM subsidy_payment p JOIN subsidy_batch b ON b.id = p.batch_id WHERE b.budget_code = '${BUDGET}' ORDER BY p.id`,
      ),
      subsidyClawback: await records(
        `SELECT id::text, 'subsidyClawback:${BUDGET}:' || id AS subject FROM subsidy_clawback WHERE budget_code = '${BUDGET}' ORDER BY id`,
      ),
      drawing: await records(
        `SELECT id::text, 'drawing:${BOOK}:' || id AS subject FROM document WHERE pool_code = '${BOOK}' AND pdf IS NOT NULL ORDER BY 1`,
      ),
    },
  };
}

class Undo extends Error {}

/** Does it, archives the year as it then is, verifies that with the heads on paper, and takes it all back. */
export async function tamperWith(
  year: ArchivedYear,
  { sql, book = BOOK }: Pick<Tampering, 'sql' | 'book'>,
): Promise<Finding[]> {
  let findings: Finding[] = [];
  const undo = new Undo();
  const work = async (tx: Tx) => {
    // Whoever owns the database keeps no trigger and no constraint that is in the way.
    await tx.$executeRawUnsafe(`SET LOCAL session_replication_role = replica`);
    await tx.$executeRawUnsafe(`ALTER TABLE ledger.account DROP CONSTRAINT account_not_below_zero`);
    for (const statement of sql) await tx.$executeRawUnsafe(statement);
    const db = { $transaction: (within: (same: Tx) => Promise<unknown>) => within(tx) } as unknown as Context['db'];
    const files = await year.files({ ...year.ctx, db }, book);
    findings = verdictOf(files, headsOf(year.heads, book), year.signer.publicKey).findings;
    throw undo;
  };
  await year.ctx.db.$transaction(work, { timeout: 60_000 }).catch((error) => {
    if (error !== undo) throw error;
  });
  return findings;
}

/** A tampering of a kind, on something chosen by the dice. */
export const tampering = (kind: string, roll: Dice, targets: Targets): Tampering => ({
  kind,
  ...TAMPERINGS[kind]!(roll, targets),
});

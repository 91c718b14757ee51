import type { Actor } from '../../src/access/context.ts';
import { DomainError } from '../../src/errors.ts';
import { recordContribution } from '../../src/pool/contribution-service.ts';
import { matchByHand } from '../../src/reconciliation/manual-service.ts';
import { importStatement } from '../../src/reconciliation/statement-service.ts';
import { openService, type Service } from './service/open.ts';
import { seedInstitutions, seedPool } from './service/parties.ts';
import { type BenchDatabase, type Row, row, seconds, seeded } from './support.ts';

const TODAY = '2026-04-10';
const POOL = 'bench';
const ACCOUNT = `6402${POOL}`;
const LINES = 100;
/** So many run at once; after so many the matches are taken back and the fight begins anew. */
const AT_ONCE = 24;
const A_ROUND = 2_000;

interface Side {
  line: string;
  seq: number;
}

/**
 * A hundred thousand attempts to use bank lines and entries twice, all of one amount so that any two would fit: some by the use case, most past it straight
 * into the tables, where only the database's indexes stand in the way. Whatever is used twice ends the run. ATTEMPTS and SEED take the place of count and seed.
 */
export async function measure({ url }: BenchDatabase): Promise<Row[]> {
  const count = Number(process.env.ATTEMPTS ?? 100_000);
  const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));
  console.error(`SEED=${seed} ATTEMPTS=${count}`);
  const service = await openService(url, TODAY);
  try {
    const { actor } = await service.hire('finance');
    const sides = await setScene(service, actor);
    const next = seeded(seed);
    const some = () => sides[Math.floor(next() * LINES)]!;
    let won = 0;
    const took = await seconds(async () => {
      for (let done = 0; done < count; done += A_ROUND) {
        const before = won;
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            for (let i = 0; i < A_ROUND / AT_ONCE; i++)
              if (await attempt(service, actor, next() < 0.02, some().line, some().seq)) won++;
          }),
        );
        await settle(service, won - before);
      }
    });
    return [row(`重复使用银行明细 ${count} 次：没有一次成功`, '次/秒', { ours: count / took })];
  } finally {
    await service.stop();
  }
}

/** A hundred receipts of one amount, in the books and at the bank, with nothing that tells them apart. */
async function setScene(service: Service, actor: Actor): Promise<Side[]> {
  await seedInstitutions(service);
  await seedPool(service, POOL, '2026-01-05');
  for (let i = 0; i < LINES; i++) {
    const gift = { poolCode: POOL, contributor: 'county', amount: '1000.00', receivedOn: TODAY };
    await recordContribution(service.as(), { ...gift, receiptNo: `book-${i}` });
  }
  const rows = Array.from({ length: LINES }, (_, i) => `2026-04-10,1000.00,${(i + 1) * 1000}.00`);
  const text = `账号：${ACCOUNT}\n交易日期,交易金额,余额\n${rows.join('\n')}\n`;
  const file = new TextEncoder().encode(text);
  await importStatement(service.as(actor), { poolCode: POOL, accountNo: ACCOUNT, fileName: 'bench.csv', file });
  const { rows: sides } = await service.pool.query<Side>(
    `SELECT b.id::text AS line, l.seq::int FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM bank_line) b
       JOIN (SELECT l.seq, row_number() OVER (ORDER BY l.seq) AS n FROM ledger.line l WHERE l.book_id = $1 AND l.line_no = 1 AND l.amount = 1000) l USING (n)`,
    [POOL],
  );
  if (sides.length !== LINES) throw new Error(`only ${sides.length} lines to fight for`);
  return sides;
}

const PAST = `WITH m AS (INSERT INTO bank_match (pool_code, account_no, rule, matched_by, matched_on) VALUES ('${POOL}', '${ACCOUNT}', 'number', 'bench', '${TODAY}') RETURNING id),
  l AS (INSERT INTO bank_match_line (match_id, line_id) SELECT id, $1 FROM m) INSERT INTO bank_match_leg (match_id, pool_code, seq, line_no) SELECT id, '${POOL}', $2, 1 FROM m`;

/** Tries to use a line with an entry. @returns whether it was let */
async function attempt(service: Service, actor: Actor, properly: boolean, line: string, seq: number): Promise<boolean> {
  try {
    if (properly) {
      const match = { poolCode: POOL, accountNo: ACCOUNT, lineIds: [line], legs: [{ seq, lineNo: 1 }], reason: '试' };
      await matchByHand(service.as(actor), match);
    } else await service.pool.query(PAST, [line, seq]);
    return true;
  } catch (error) {
    const refused = error instanceof DomainError ? error.code : (error as { code?: string }).code;
    if (!['MATCH_USED', 'CONFLICT', 'BUSY', '23505'].includes(refused ?? '')) throw error;
    return false;
  }
}

/** What was won is there once, and nothing else; then it is taken back. */
async function settle({ pool }: Service, won: number): Promise<void> {
  const { rows } = await pool.query<{ live: number; twice: number }>(
    `SELECT (SELECT count(*)::int FROM bank_match_line WHERE live) AS live,
            (SELECT count(*)::int FROM (SELECT FROM bank_match_line WHERE live GROUP BY line_id HAVING count(*) > 1 UNION ALL
              SELECT FROM bank_match_leg WHERE live GROUP BY pool_code, seq, line_no HAVING count(*) > 1) d) AS twice`,
  );
  if (rows[0]!.twice > 0 || rows[0]!.live !== won)
    throw new Error(`${won} attempts were let, ${rows[0]!.live} stand, ${rows[0]!.twice} are used twice`);
  await pool.query(
    `UPDATE bank_match SET undone_by = 'bench', undone_on = '${TODAY}', undone_reason = '再试' WHERE undone_on IS NULL`,
  );
}

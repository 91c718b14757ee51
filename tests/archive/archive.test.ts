import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildArchive } from '../../src/archive/build-service.ts';
import { publishKey } from '../../src/archive/service.ts';
import { ZipWriter } from '../../src/files/write-zip.ts';
import { verifyArchive } from '../../verify/archive.ts';
import { openSource } from '../../verify/source.ts';
import { verifyTogether } from '../../verify/together.ts';
import {
  type ArchivedYear,
  archivedYear,
  BOOK,
  BUDGET,
  DAY,
  headsOf,
  newSigner,
  verdictOf,
  YEAR,
} from '../support/archive.ts';
import {
  beginElsewhere,
  changeEarlier,
  EDITS,
  formatOne,
  formatThree,
  overlapYearBefore,
  signAnew,
  UNSIGNED,
} from '../support/archive-edits.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { dice, type Targets, tampering, tamperWith, targetsOf } from '../support/tampering.ts';
import { TAMPERINGS } from '../support/tampering-kinds.ts';

let t: Demonstration;
let year: ArchivedYear;
let targets: Targets;
let folder: string;
beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  year = await archivedYear(t.pool, t.contextOf());
  targets = await targetsOf(year);
  folder = mkdtempSync(join(tmpdir(), 'ningkedai-archive-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await t.stop();
});

const SEED = 20261122;

describe('a year that somebody above every trigger has tampered with', () => {
  it('is clean before, the heads on paper beside it', async () => {
    expect(verdictOf(await year.files(), year.heads, year.signer.publicKey).findings).toEqual([]);
  });

  it('is clean in the book of its subsidies, which has what was paid, and what was claimed back as it went on', async () => {
    const files = await year.files(year.ctx, BUDGET);
    expect(verdictOf(files, headsOf(year.heads, BUDGET), year.signer.publicKey).findings).toEqual([]);
    const records = (path: string) => files.get(path)!.toString().trim().split('\n');
    expect(JSON.parse(records('subsidies/payments.jsonl').at(-1)!).record).toMatchObject({
      status: 'paid',
      amount: expect.any(String),
      payeeAccount: expect.any(String),
    });
    expect(JSON.parse(records('subsidies/clawbacks.jsonl')[0]!).record).toMatchObject({ status: 'proposed' });
    expect([...files].filter(([, content]) => content.includes('objector'))).toEqual([]);
  });

  it.each(Object.keys(TAMPERINGS))('%s is found, and where', async (kind) => {
    const done = tampering(kind, dice(SEED), targets);
    const findings = await tamperWith(year, done);
    expect(findings, done.says).not.toEqual([]);
    expect(findings.some(done.locates), `${done.says}: ${JSON.stringify(findings.slice(0, 3))}`).toBe(true);
  });

  it('is as it was after all that', async () => {
    expect(verdictOf(await year.files(), year.heads).findings).toEqual([]);
  });
});

describe('the verifier', () => {
  const checksIn = async (files: Awaited<ReturnType<ArchivedYear['files']>>, key?: string) =>
    verdictOf(files, year.heads, key).findings.map(({ check }) => check);

  it.each(Object.keys(EDITS))('finds %s in a file, though the manifest was made to fit and signed', async (check) => {
    const files = await year.files();
    EDITS[check]!(files);
    signAnew(files, year.signer);
    expect(await checksIn(files)).toContain(check);
  });

  it.each(Object.keys(UNSIGNED))('finds %s', async (check) => {
    const files = await year.files();
    UNSIGNED[check]!(files);
    expect(await checksIn(files)).toContain(check);
  });

  it('takes for no gap what of an overlapping statement is in the archive of the year before', async () => {
    const files = await year.files();
    overlapYearBefore(files);
    signAnew(files, year.signer);
    const found = await checksIn(files);
    for (const check of ['bank.balance', 'bank.closing', 'bank.opening']) expect(found).not.toContain(check);
  });

  it('finds a signature by another key, and a head of a chain that the archive has not', async () => {
    const files = await year.files();
    expect(await checksIn(files, newSigner().publicKey)).toEqual(['signature.key']);
    const head = { chain: 'yinchuan', count: 1, hash: 'f'.repeat(64), from: '纸面所印', outside: true };
    expect(verdictOf(files, [head]).findings.map(({ check }) => check)).toEqual(['head.unknown']);
  });

  it('still reads an archive of the first format, and says of a later one that it needs a later program', async () => {
    const files = await year.files();
    formatOne(files);
    signAnew(files, year.signer);
    expect(verdictOf(files, year.heads, year.signer.publicKey).findings).toEqual([]);
    formatThree(files);
    const { findings } = verdictOf(files, year.heads);
    expect(findings).toEqual([expect.objectContaining({ check: 'manifest', text: expect.stringContaining('较新') })]);
  });

  it('finds in archives of years that follow on each other what one has changed of the other', async () => {
    const [first, second] = await year.halves();
    const together = (...years: (typeof first)[]) => {
      const { findings, unproven } = verifyTogether(years.map((files) => verdictOf(files, [])));
      return [[...new Set(findings.map(({ check }) => check))], unproven];
    };
    expect(together(first, second)).toEqual([[], 0]);
    expect(together(second)).toEqual([[], expect.toSatisfy((unproven) => unproven > 0)]);
    changeEarlier(second);
    expect(together(first, second)).toEqual([['earlier.hash'], 0]);
    beginElsewhere(second);
    expect(together(first, second)).toEqual([['chain.joint', 'earlier.hash'], 0]);
  });

  it('names a packed file that is broken, and goes on with the others', async () => {
    const files = await year.files();
    const zip = new ZipWriter();
    const pieces = [...files].map(([path, content]) => zip.add(path, new Uint8Array(content)));
    const bytes = Buffer.concat([...pieces, zip.end()]);
    bytes[pieces[0]!.length - 3]! ^= 0xff;
    const file = join(folder, 'broken.zip');
    writeFileSync(file, bytes);
    const { findings } = verifyArchive(openSource(file), { heads: year.heads });
    expect(findings).toEqual([expect.objectContaining({ check: 'file.packed', file: 'README.txt' })]);
  });

  it('has no check that none of these makes fire', () => {
    const own = fileURLToPath(new URL('../../verify', import.meta.url));
    const text = readdirSync(own)
      .map((name) => readFileSync(join(own, name), 'utf8'))
      .join('\n');
    const checks = new Set(
      [...text.matchAll(/(?:check: |\bfind\(\s*)'([a-z]+(?:\.[a-z]+)?)'/gi)].map(([, check]) => check!),
    );
    const besides = ['signature.key', 'head.unknown', 'chain.joint', 'earlier.hash', 'file.packed'];
    const fired = new Set([...Object.keys(EDITS), ...Object.keys(UNSIGNED), ...besides]);
    expect([...checks].filter((check) => !fired.has(check))).toEqual([]);
    expect([...fired].filter((check) => !checks.has(check))).toEqual([]);
  });

  it('rests on nothing of the service', () => {
    const own = fileURLToPath(new URL('../../verify', import.meta.url));
    for (const name of readdirSync(own))
      for (const [, from] of readFileSync(join(own, name), 'utf8').matchAll(/ from '([^']+)'/g))
        expect([name, from]).toEqual([name, expect.stringMatching(/^(node:|\.\/[a-z]+\.ts$)/)]);
  });
});

const program = fileURLToPath(new URL('../../verify/main.ts', import.meta.url));
/** Runs the verifier as people do. */
const run = (...args: string[]) =>
  new Promise<{ code: number; output: string }>((done) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    );
  });

describe('an archive that is asked for', () => {
  it('needs a key to be signed with, a book that there is and a year of it, and somebody who may', async () => {
    t.on(DAY);
    const auditor = t.key('auditor');
    const ask = (body: object, key = auditor) => t.post('archives', body, key);
    expect((await ask({ poolCode: BOOK, year: YEAR })).body.code).toBe('ARCHIVE_KEY_MISSING');
    await publishKey(year.ctx, year.signer.publicKey);
    expect((await t.get('/archive-key')).body).toEqual({
      algorithm: 'Ed25519',
      keys: [{ publicKey: year.signer.publicKey, since: DAY }],
    });
    expect((await ask({ poolCode: 'none', year: YEAR })).body.code).toBe('POOL_UNKNOWN');
    expect((await ask({ poolCode: BOOK, year: YEAR + 1 })).body.code).toBe('YEAR_OUTSIDE');
    expect((await ask({ poolCode: BOOK, year: YEAR }, t.key('operator'))).status).toBe(403);
  });

  it('is written by its job, the same bytes each time, downloaded, and found whole by the program', async () => {
    const auditor = t.key('auditor');
    const { status, body } = await t.post('archives', { poolCode: BOOK, year: YEAR }, auditor);
    expect([status, body.status, body.asOf]).toEqual([202, 'making', DAY]);
    expect((await t.get(`archives/${body.id}/file`, auditor)).body.code).toBe('NOT_READY');
    await buildArchive(year.ctx, BigInt(body.id), year.signer);
    const ready = (await t.get(`archives/${body.id}`, auditor)).body;
    expect(ready).toMatchObject({ status: 'ready', publicKey: year.signer.publicKey, madeByName: expect.any(String) });
    const { body: bytes, headers } = await t.get(`archives/${body.id}/file`, auditor);
    expect(headers.get('content-disposition')).toContain(`${BOOK}-${YEAR}-${DAY}.zip`);
    expect(`${bytes.byteLength}`).toBe(ready.bytes);

    // Written again from the same numbers it is the same file, to the byte, though the log has gone on.
    const open = `UPDATE archive SET status = 'making', sha256 = NULL WHERE id = ${body.id}; DELETE FROM archive_part WHERE archive_id = ${body.id}`;
    await t.pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${open}; COMMIT`);
    await buildArchive(year.ctx, BigInt(body.id), year.signer);
    expect((await t.get(`archives/${body.id}`, auditor)).body.sha256).toBe(ready.sha256);
    await expect(t.pool.query(`UPDATE archive_part SET bytes = '' WHERE archive_id = ${body.id}`)).rejects.toThrow(
      'APPEND_ONLY',
    );
    await expect(t.pool.query(`DELETE FROM archive WHERE id = ${body.id}`)).rejects.toThrow(/APPEND_ONLY|foreign key/);

    const file = join(folder, 'year.zip');
    writeFileSync(file, Buffer.from(bytes));
    const heads = year.heads.flatMap(({ chain, count, hash }) => ['--head', `${chain}:${count}:${hash}`]);
    const whole = await run(file, '--key', year.signer.publicKey, ...heads);
    expect([whole.code, whole.output]).toEqual([0, expect.stringContaining('结论：全部相符')]);
    const last = year.heads.find(({ chain }) => chain === BOOK)!;
    const other = await run(file, '--head', `${BOOK}:${last.count}:${'f'.repeat(64)}`);
    expect([other.code, other.output]).toEqual([1, expect.stringContaining('之间被改写')]);
    expect((await run()).code).toBe(2);
    expect((await run(join(folder, 'none.zip'))).output).toContain('没有文件');
    const { rows: log } = await t.pool.query(`SELECT action FROM audit_log WHERE subject = $1 ORDER BY id`, [
      `archive:${body.id}`,
    ]);
    expect(log.map(({ action }) => action)).toEqual([
      'archive.make',
      'archive.finish',
      'archive.download',
      'archive.finish',
    ]);
  });
});

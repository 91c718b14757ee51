import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDemonstration } from '../../prisma/demo/load.ts';
import { SYSTEM } from '../../src/access/context.ts';
import { directoryStore } from '../../src/files/attachment-directory.ts';
import { archivedYear, DAY } from '../support/archive.ts';
import { dice, tampering, tamperWith, targetsOf } from '../support/tampering.ts';
import { TAMPERINGS } from '../support/tampering-kinds.ts';
import { openService } from './service/open.ts';
import { type Measure, row, seconds } from './support.ts';

/**
 * A thousand random tamperings by a superuser, past every trigger, each archived and verified offline with the heads that were on paper before: how many are
 * found, and at their place. TAMPERINGS and SEED take the place of the count and of the seed, which is printed; a miss is printed with what was done.
 */
export const measure: Measure = async ({ url }) => {
  const count = Number(process.env.TAMPERINGS ?? 1_000);
  const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));
  console.error(`SEED=${seed} TAMPERINGS=${count}`);
  const service = await openService(url, DAY);
  const folder = mkdtempSync(join(tmpdir(), 'ningkedai-tampering-'));
  try {
    const ctx = service.as(SYSTEM);
    await loadDemonstration({ ...ctx, attachments: directoryStore(join(folder, 'attachments')) }, folder, () => {});
    const year = await archivedYear(service.pool, ctx);
    const targets = await targetsOf(year);
    const roll = dice(seed);
    const kinds = Object.keys(TAMPERINGS);
    let located = 0;
    const taken = await seconds(async () => {
      for (let i = 0; i < count; i++) {
        const done = tampering(kinds[i % kinds.length]!, roll, targets);
        const findings = await tamperWith(year, done);
        if (findings.some(done.locates)) located += 1;
        else console.error(`未指出：${done.kind}（${done.says}）${JSON.stringify(findings.slice(0, 3))}`);
      }
    });
    return [
      row('随机篡改：离线核验指出其所在', '次', { ours: located, limit: count }, { atLeast: 1 }),
      row('篡改、归档并核验', '次/秒', { ours: count / taken }),
    ];
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

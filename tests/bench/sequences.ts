import type { AttachmentStore } from '../../src/files/attachments.ts';
import { playSequences } from '../support/sequences/run.ts';
import { type Stage, setScene } from '../support/sequences/scene.ts';
import { openService } from './service/open.ts';
import { seedEnterprises, seedInstitutions } from './service/parties.ts';
import { type Measure, row, seconds } from './support.ts';

const BEGINS = '2026-01-05';
/** Who pays into the pools of a scene. */
const UNITS = [
  { code: 'pingluo-st', name: '平罗县科学技术局', kind: 'cooperatingUnit' },
  { code: 'ningxia-st', name: '宁夏回族自治区科学技术厅', kind: 'regionalAuthority' },
];

/** So many are played in one scene: its bank's and its pools' yearly ceilings leave room for them. */
const A_SCENE = 300;

/**
 * Ten thousand random sequences of compensation, recovery, reversal, write-off and refund through the database, the ledger held against the pure model
 * after every step (see `playSequences`). SEQUENCES and SEED take the place of the count and of the first scene's seed, which is printed; the next scene has the next.
 */
export const measure: Measure = async ({ url }) => {
  const count = Number(process.env.SEQUENCES ?? 10_000);
  const seed = Number(process.env.SEED ?? Math.trunc(Math.random() * 2 ** 31));
  console.error(`SEED=${seed} SEQUENCES=${count}`);
  const clock = { today: BEGINS };
  const service = await openService(url, BEGINS);
  try {
    await seedInstitutions(service);
    await service.db.institution.createMany({ data: UNITS });
    const scenes = Math.ceil(count / A_SCENE);
    const firms = await seedEnterprises(service, scenes);
    const stage: Stage = {
      ...{ db: service.db, pool: service.pool, attachments: inMemory() },
      contextOf: (actor) => service.as(actor, clock.today),
      on: (day) => {
        clock.today = day;
      },
      hire: async (role, institution) => (await service.hire(role, institution)).actor,
    };
    let steps = 0;
    const took = await seconds(async () => {
      for (let i = 0; i < scenes; i++) {
        const scene = await setScene(stage, i, firms[i]!);
        steps += (await playSequences(scene, Math.min(A_SCENE, count - i * A_SCENE), seed + i)).steps;
        await verify(service.pool, scene.pools);
        console.error(`${Math.min((i + 1) * A_SCENE, count)}/${count} 个序列，${steps} 步`);
      }
    });
    return [row(`随机序列 ${count} 个、${steps} 步，总账与模型一致`, '步/秒', { ours: steps / took })];
  } finally {
    await service.stop();
  }
};

async function verify(pool: Stage['pool'], books: string[]): Promise<void> {
  for (const book of books) {
    const { rows } = await pool.query('SELECT * FROM ledger.verify($1)', [book]);
    if (rows.length > 0) throw new Error(`the book ${book} does not verify: ${JSON.stringify(rows[0])}`);
  }
}

/** Where no file needs to outlive the measure. */
function inMemory(): AttachmentStore {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    has: async (sha256) => kept.has(sha256),
    get: async (sha256) => kept.get(sha256) ?? null,
    put: async (sha256, bytes) => {
      kept.set(sha256, bytes);
    },
  };
}

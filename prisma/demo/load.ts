import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actorOf } from '../../src/access/api-key.ts';
import { type Actor, type Context, SYSTEM } from '../../src/access/context.ts';
import { type IssuedKey, issueKey, issueOwnKey } from '../../src/access/key-service.ts';
import { type Role, SECOND_FACTOR_ROLES } from '../../src/access/roles.ts';
import { addMonths } from '../../src/calendar/local-date.ts';
import type { Db } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import type { AttachmentStore } from '../../src/files/attachments.ts';
import { DEMONSTRATION as SETTING } from '../../src/access/demonstration-service.ts';
import { unspentCode } from '../../src/http/routes/demo.ts';
import { KEYS } from './parties.ts';
import { type Cast, STORY } from './story.ts';
import { demonstrationUsers, loadDemonstrationUsers } from './users.ts';

export { DEMONSTRATION_DAY, demonstrationDay } from './day.ts';

/** Two years after the story begins, the longest there is. */
const KEYS_END = addMonths(STORY.begins, 24);

type Deps = Omit<Context, 'today' | 'actor' | 'requestId'> & { attachments: AttachmentStore };

export interface DemonstrationKey {
  role: Role;
  institution: string | null;
  key: string;
}

/**
 * Loads the demonstration once: every step through the services, with the clock set to its day. Each step may be repeated, so a load that
 * was cut off is simply run again.
 */
export async function loadDemonstration(deps: Deps, dataDir: string, say: (text: string) => void): Promise<void> {
  const state = await inTransaction({ db: deps.db, actor: SYSTEM }, async (tx) => ({
    setting: await tx.setting.findUnique({ where: { key: SETTING } }),
    pools: await tx.pool.count(),
  }));
  if (state.setting?.value === 'loaded' || (state.pools > 0 && !state.setting)) return;
  say('正在载入演示数据（只需一次）……');
  await remember(deps.db, 'loading');
  const { attachments, ...shared } = deps;
  const context = (today: string, actor: Actor): Context => ({ ...shared, today, actor, requestId: 'demonstration' });
  await STORY.prologue(context(STORY.begins, SYSTEM));
  await loadDemonstrationUsers(deps, dataDir);
  const users = demonstrationUsers(dataDir);
  /** Who approves or operates issues their own key; systems are given theirs. */
  const issue = async ({ role, institution, uscc, name }: (typeof KEYS)[number]): Promise<IssuedKey> => {
    const ctx = context(STORY.begins, SYSTEM);
    if (!SECOND_FACTOR_ROLES.includes(role)) return issueKey(ctx, { name, role, institutionCode: institution, enterpriseUscc: uscc });
    const { id, secret } = users.find((user) => user.role === role && user.name === name)!;
    const code = await unspentCode(deps.db, id, secret!);
    return issueOwnKey({ ...ctx, actor: await actorOf(deps.db, id) }, { name, code, expiresOn: KEYS_END });
  };
  const keys: (DemonstrationKey & { id: string })[] = [];
  for (const key of KEYS) keys.push({ role: key.role, institution: key.institution ?? key.uscc ?? null, ...(await issue(key)) });
  const cast: Cast = async (role, institution, second = false) => {
    const found = keys.filter((k) => k.role === role && (institution === undefined || k.institution === institution));
    return actorOf(deps.db, found[second ? 1 : 0]!.id);
  };
  for (const { on, as, does } of STORY.steps) await does(context(on, as === 'system' ? SYSTEM : await cast(...as)), attachments);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, 'demo-keys.json'), JSON.stringify(keys.map(({ role, institution, key }) => ({ role, institution, key })), null, 2), { mode: 0o600 });
  await remember(deps.db, 'loaded');
}

async function remember(db: Db, value: string): Promise<void> {
  await inTransaction({ db, actor: SYSTEM }, (tx) => tx.setting.upsert({ where: { key: SETTING }, update: { value }, create: { key: SETTING, value } }));
}

/** The keys as they were written beside the data; none when the file has been removed. */
export function demonstrationKeys(dataDir: string): DemonstrationKey[] {
  const path = join(dataDir, 'demo-keys.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword } from 'better-auth/crypto';
import { audit } from '../../src/access/audit.ts';
import { type Context, SYSTEM } from '../../src/access/context.ts';
import { enrol } from '../../src/access/login-tokens.ts';
import { type Role, SECOND_FACTOR_ROLES } from '../../src/access/roles.ts';
import { insertUser } from '../../src/access/user.ts';
import type { Db } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import type { DemonstrationUser } from '../../src/http/routes/demo.ts';
import { DEMONSTRATION_DAY } from './day.ts';

type Deps = Omit<Context, 'today' | 'actor' | 'requestId'>;

/** Two of each role whose work needs a second person. */
const USERS: { username: string; name: string; role: Role; institution?: string; uscc?: string }[] = [
  { username: 'shizuishan', name: '石嘴山银行客户经理', role: 'bank', institution: 'shizuishan-bank' },
  { username: 'ningxia', name: '宁夏银行客户经理', role: 'bank', institution: 'ningxia-bank' },
  { username: 'zhonghang', name: '中国银行客户经理', role: 'bank', institution: 'bank-of-china' },
  { username: 'danbao', name: '塞上担保项目经理', role: 'guarantor', institution: 'saishang-guarantee' },
  { username: 'pingluo', name: '平罗县审核员', role: 'countyReviewer', institution: 'pingluo-st' },
  { username: 'yinchuan', name: '银川市审核员', role: 'countyReviewer', institution: 'yinchuan-st' },
  { username: 'zizhiqu1', name: '自治区审核员甲', role: 'regionalReviewer', institution: 'ningxia-st' },
  { username: 'zizhiqu2', name: '自治区审核员乙', role: 'regionalReviewer', institution: 'ningxia-st' },
  { username: 'caiwu1', name: '财务甲', role: 'finance' },
  { username: 'caiwu2', name: '财务乙', role: 'finance' },
  { username: 'qiye', name: '沐能精密机械经办人', role: 'enterprise', uscc: '91640221MA9006026Y' },
  { username: 'shenji', name: '审计员', role: 'auditor' },
  { username: 'guanli1', name: '系统管理员甲', role: 'operator' },
  { username: 'guanli2', name: '系统管理员乙', role: 'operator' },
];

/** Without letters and digits that look alike. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
const readable = (length: number): string => Array.from(randomBytes(length), (b) => READABLE[b % READABLE.length]).join('');
const FILE = 'demo-users.json';

/**
 * The people of the demonstration, entered once, also into one that was loaded before there were any. Their one password is this installation's own; it and
 * the secrets of their 动态口令 lie beside the data, for nobody else to read.
 */
export async function loadDemonstrationUsers(deps: Deps, dataDir: string): Promise<void> {
  const ctx: Context = { ...deps, today: DEMONSTRATION_DAY, actor: SYSTEM, requestId: 'demonstration' };
  const there = await inTransaction(ctx, (tx) => tx.user.count({ where: { username: { in: USERS.map((u) => u.username) } } }));
  if (there > 0) return adoptKeys(deps.db);
  const password = `nkd-${readable(4)}-${readable(4)}-${readable(4)}`;
  const hash = await hashPassword(password);
  const users = await inTransaction(ctx, async (tx) => {
    const made: DemonstrationUser[] = [];
    for (const { username, name, role, institution = null, uscc = null } of USERS) {
      const owner = { institutionCode: institution, enterpriseUscc: uscc };
      const id = await insertUser(tx, { username, name, role, email: `${username}@example.com`, ...owner }, hash);
      const secret = SECOND_FACTOR_ROLES.includes(role) ? readable(32) : null;
      made.push({ id, username, name, role, institution: institution ?? uscc, password, secret });
      await audit(tx, ctx, { action: 'user.create', subject: `user:${id}`, after: { role, institution } });
    }
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, FILE), JSON.stringify(made, null, 2), { mode: 0o600 });
    return made;
  });
  for (const { id, secret } of users) if (secret) await enrol(deps.db, id, secret, []);
  await adoptKeys(deps.db);
}

/** Keys of a demonstration from before a key was a person's become those of its people of the same name. */
async function adoptKeys(db: Db): Promise<void> {
  await db.$executeRaw`
    UPDATE api_key k SET owner_id = u.id FROM app_user u
     WHERE k.owner_id IS NULL AND u.name = k.name AND u.role = k.role AND u.role = ANY (${[...SECOND_FACTOR_ROLES]}) AND u.username = ANY (${USERS.map((user) => user.username)})`;
}

/** The users as they were written beside the data; none when the file has been removed. */
export function demonstrationUsers(dataDir: string): DemonstrationUser[] {
  const path = join(dataDir, FILE);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}

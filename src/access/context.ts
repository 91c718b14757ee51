import type { LocalDate } from '../calendar/local-date.ts';
import type { Db, Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { PERMISSIONS, type Permission, ROLES, type Role, VISITOR_MAY } from './roles.ts';

/** Who acts: a person, logged in or by a key of their own; the system a key was issued to; the service itself (`system`); or somebody without either (`visitor`). */
export interface Actor {
  /** of the person, however they came; two-person rules compare it. Else of the key. */
  id: string;
  name: string;
  role: Role | 'system' | 'visitor';
  /** 机构代码: the bank of a bank officer or key, the unit of a reviewer */
  institution: string | null;
  enterprise: string | null;
  /** 资金池 of a county reviewer's unit */
  pools: string[];
  /** permissions narrower than the role's; empty: all of the role's */
  scopes: string[];
  /** the key by which they act; null in a session */
  key: string | null;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Puts a job into the transaction: rolled back with it, and answers the job's id. */
export type SendJob = (
  tx: Tx,
  queue: string,
  data: object,
  /** of a higher `priority` is done before what waits already */
  options?: { singletonKey?: string; priority?: number },
) => Promise<string | null>;

/** What every use case is given. `today` is the business day (Asia/Shanghai); tests and the demonstration set it. */
export interface Context {
  db: Db;
  today: LocalDate;
  actor: Actor;
  requestId: string;
  /** where people reach the service: printed on documents with their verification code */
  publicUrl: string;
  send: SendJob;
  log: Log;
}

export const SYSTEM: Actor = {
  id: 'system',
  name: '系统',
  role: 'system',
  institution: null,
  enterprise: null,
  pools: [],
  scopes: [],
  key: null,
};

/** Who has no login yet: sees nothing, and may only ask for one. */
export const VISITOR: Actor = { ...SYSTEM, id: 'visitor', name: '访客', role: 'visitor' };

/**
 * Refuses unless the actor may do it: by its role, and by its key's scopes when it has any.
 * @throws DomainError FORBIDDEN (403)
 */
export function permit(ctx: Context, permission: Permission): void {
  const { role, scopes } = ctx.actor;
  if (role === 'system') return;
  const { label, roles } = PERMISSIONS[permission];
  if (role === 'visitor') {
    if (VISITOR_MAY.includes(permission)) return;
    throw new DomainError('FORBIDDEN', `请先登录，再${label}`, { status: 403 });
  }
  if (!(roles as readonly Role[]).includes(role)) {
    throw new DomainError('FORBIDDEN', `「${ROLES[role]}」无权${label}`, { status: 403 });
  }
  if (scopes.length > 0 && !scopes.includes(permission)) {
    throw new DomainError('FORBIDDEN', `此密钥未授权${label}（${permission}）`, { status: 403 });
  }
}

/** Whether the actor may do it, asked without refusing. */
export function may({ actor: { role, scopes } }: Pick<Context, 'actor'>, permission: Permission): boolean {
  if (role === 'system') return true;
  const roles = PERMISSIONS[permission].roles as readonly string[];
  return roles.includes(role) && (scopes.length === 0 || scopes.includes(permission));
}

/** Whose rows the actor sees, as the database's settings: banks, guarantors, enterprises and counties their own, all others everything. */
export function scopeOf(actor: Actor): { scope: 'all' | 'own'; bank: string; pools: string; enterprise: string } {
  const own = { scope: 'own', bank: '', pools: '', enterprise: '' } as const;
  if (actor.role === 'bank' || actor.role === 'guarantor') return { ...own, bank: actor.institution ?? '' };
  if (actor.role === 'enterprise') return { ...own, enterprise: actor.enterprise ?? '' };
  if (actor.role === 'countyReviewer') return { ...own, pools: actor.pools.join(',') };
  return actor.role === 'visitor' ? own : { scope: 'all', bank: '', pools: '', enterprise: '' };
}

/** The bank an officer or a key acts for. @throws DomainError FORBIDDEN when it is no bank's. */
export function ownBank(ctx: Context): string {
  if (ctx.actor.role !== 'bank' || !ctx.actor.institution) {
    throw new DomainError('FORBIDDEN', '只有合作银行可以报送', { status: 403 });
  }
  return ctx.actor.institution;
}

/** The same scope as a filter, so that a bank's or county's own lists use their indexes; row-level security stands behind it. */
export function ownFilter({ role, institution, enterprise, pools }: Actor): {
  bankCode?: string;
  poolCode?: { in: string[] };
  enterpriseUscc?: string;
} {
  if (role === 'bank' || role === 'guarantor') return { bankCode: institution ?? '' };
  if (role === 'countyReviewer') return { poolCode: { in: pools } };
  return role === 'enterprise' ? { enterpriseUscc: enterprise ?? '' } : {};
}

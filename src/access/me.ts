import { inTransaction } from '../db/transaction.ts';
import { type Context, SYSTEM } from './context.ts';
import { DEMONSTRATION } from './demonstration-service.ts';
import { PERMISSIONS, ROLES, type Role, SECOND_FACTOR_ROLES } from './roles.ts';

export interface Me {
  id: string;
  name: string;
  username: string | null;
  email: string | null;
  role: Role;
  roleName: string;
  institution: { code: string; name: string } | null;
  enterprise: { uscc: string; name: string } | null;
  pools: { code: string; name: string }[];
  permissions: string[];
  secondFactor: { required: boolean; enabled: boolean };
  registration: {
    uscc: string;
    enterpriseName: string;
    status: 'submitted' | 'approved' | 'refused';
    reason: string | null;
  } | null;
  today: string;
  demonstration: boolean;
  notice: string | null;
}

/** What the pages need to know of whoever looks at them: who, for whom, what they may do and what is still missing. Own data, so nothing is masked. */
export async function readMe({ db, actor, today }: Context): Promise<Me> {
  return inTransaction({ db, actor: SYSTEM }, async (tx) => {
    const user = await tx.user.findUnique({
      where: { id: actor.id },
      select: { username: true, email: true, twoFactorEnabled: true, registration: true },
    });
    const institution = actor.institution
      ? await tx.institution.findUnique({ where: { code: actor.institution }, select: { code: true, name: true } })
      : null;
    const enterprise = actor.enterprise
      ? await tx.enterprise.findUnique({ where: { uscc: actor.enterprise }, select: { uscc: true, name: true } })
      : null;
    const pools = await tx.pool.findMany({
      where: { code: { in: actor.pools } },
      select: { code: true, name: true },
      orderBy: { code: 'asc' },
    });
    const demonstration = (await tx.setting.findUnique({ where: { key: DEMONSTRATION } })) !== null;
    const role = actor.role as Role;
    const { uscc, enterpriseName, status, reason } = user?.registration ?? {};
    return {
      ...{ id: actor.id, name: actor.name, username: user?.username ?? null, email: user?.email ?? null },
      ...{
        role,
        roleName: ROLES[role],
        institution,
        enterprise,
        pools,
        permissions: permissionsOf(role, actor.scopes),
      },
      secondFactor: {
        required: user !== null && SECOND_FACTOR_ROLES.includes(role),
        enabled: user?.twoFactorEnabled ?? false,
      },
      registration:
        uscc && enterpriseName && status
          ? { uscc, enterpriseName, status: status as 'submitted', reason: reason ?? null }
          : null,
      ...{ today, demonstration, notice: demonstration ? `演示数据，业务日期为 ${today}` : null },
    };
  });
}

function permissionsOf(role: Role, scopes: string[]): string[] {
  return Object.entries(PERMISSIONS)
    .filter(
      ([name, { roles }]) =>
        (roles as readonly Role[]).includes(role) && (scopes.length === 0 || scopes.includes(name)),
    )
    .map(([name]) => name);
}

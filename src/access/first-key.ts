import { inTransaction } from '../db/transaction.ts';
import { type Context, SYSTEM } from './context.ts';
import { invite } from './invitation-service.ts';
import { issueKey } from './key-service.ts';

type Deps = Omit<Context, 'today' | 'actor' | 'requestId'>;

/** An installation without any key gets one that enters institutions, users and keys of systems, and decides nothing: it is nobody's. @returns the key, or null when there are keys */
export async function firstKey(deps: Deps, today: string): Promise<string | null> {
  const ctx: Context = { ...deps, today, actor: SYSTEM, requestId: 'first-start' };
  const keys = await inTransaction(ctx, (tx) => tx.apiKey.count());
  return keys > 0 ? null : (await issueKey(ctx, { name: '首个系统管理员', role: 'operator' })).key;
}

/** An installation without any user gets an invitation for its operator, who invites all others. @returns its link, or null when there are users or it is still good */
export async function firstInvitation(deps: Deps, today: string): Promise<string | null> {
  const ctx: Context = { ...deps, today, actor: SYSTEM, requestId: 'first-start' };
  const [state] = await inTransaction(
    ctx,
    (tx) =>
      tx.$queryRaw<{ there: boolean }[]>`
        SELECT EXISTS (SELECT FROM app_user) OR EXISTS (SELECT FROM invitation WHERE accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()) AS there`,
  );
  if (state?.there) return null;
  const { token } = await invite(ctx, { name: '系统管理员', username: 'admin', email: '', role: 'operator' });
  return `${deps.publicUrl}/console/invitation?token=${token}`;
}

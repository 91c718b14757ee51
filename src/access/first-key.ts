import { inTransaction } from '../db/transaction.ts';
import { issueKey } from './api-key.ts';
import { type Context, SYSTEM } from './context.ts';

/** An installation without any key gets one for its operator, who issues all others. @returns the key, or null when there are keys */
export async function firstKey(
  deps: Omit<Context, 'today' | 'actor' | 'requestId'>,
  today: string,
): Promise<string | null> {
  const ctx: Context = { ...deps, today, actor: SYSTEM, requestId: 'first-start' };
  const keys = await inTransaction(ctx, (tx) => tx.apiKey.count());
  return keys > 0 ? null : (await issueKey(ctx, { name: '首个系统管理员', role: 'operator' })).key;
}

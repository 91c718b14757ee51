import { SYSTEM } from '../../src/access/context.ts';
import { DEMONSTRATION, DEMONSTRATION_DAY as MOVED } from '../../src/access/demonstration-service.ts';
import type { Db } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';

/** The day the demonstration lives on. */
export const DEMONSTRATION_DAY = '2026-11-20';

/** The business day of a database that holds the demonstration, where it began or has been moved to; else null. */
export async function demonstrationDay(db: Db): Promise<string | null> {
  const settings = await inTransaction({ db, actor: SYSTEM }, (tx) => tx.setting.findMany({ where: { key: { in: [DEMONSTRATION, MOVED] } } }));
  if (!settings.some(({ key }) => key === DEMONSTRATION)) return null;
  return (settings.find(({ key }) => key === MOVED)?.value as string | undefined) ?? DEMONSTRATION_DAY;
}

import { SYSTEM } from '../../src/access/context.ts';
import type { Db } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';

/** The day the demonstration lives on. */
export const DEMONSTRATION_DAY = '2026-11-20';

/** The row of `setting` that says that a database holds the demonstration. */
export const SETTING = 'demonstration';

/** The fixed business day of a database that holds the demonstration, else null. */
export async function demonstrationDay(db: Db): Promise<string | null> {
  const setting = await inTransaction({ db, actor: SYSTEM }, (tx) => tx.setting.findUnique({ where: { key: SETTING } }));
  return setting ? DEMONSTRATION_DAY : null;
}

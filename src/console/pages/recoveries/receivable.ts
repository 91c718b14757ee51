import { Exact, money, toWire, ZERO } from '../../../money/money.ts';
import type { LossRow } from './types.ts';

/** What of a contributor's part stands as its receivable: neither recovered nor written off; wire. Nothing of a part outside the pool. */
export function receivableOf({ kind, amount, recovered, writtenOff }: LossRow): string {
  if (kind === 'own') return '0.00';
  return toWire(Exact.max(money(amount).minus(recovered).minus(writtenOff), ZERO));
}

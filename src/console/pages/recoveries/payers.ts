import type { Claim } from './types.ts';

/** Who may have paid for the pursuit: the bank, and whoever else bears a part of its own. */
export function payersOf({ bankCode, waterfall }: Claim, nameOf: (code: string) => string) {
  const own = (waterfall?.rows ?? []).filter(({ kind }) => kind === 'own').map(({ party }) => party);
  return [...new Set([bankCode, ...own])].map((value) => ({ value, label: nameOf(value) }));
}

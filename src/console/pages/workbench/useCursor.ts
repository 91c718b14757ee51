import { useState } from 'react';

export type Pane = 'bank' | 'pairings' | 'ledger';
const PANES: Pane[] = ['bank', 'pairings', 'ledger'];

/** One cursor over the three lists: up and down within one, left and right to the next that has anything. */
export function useCursor(lengths: Record<Pane, number>) {
  const [pane, setPane] = useState<Pane>('pairings');
  const [at, setAt] = useState<Record<Pane, number>>({ bank: 0, pairings: 0, ledger: 0 });
  const filled = PANES.filter((one) => lengths[one] > 0);
  const active = lengths[pane] > 0 ? pane : filled[0];
  const place = (one: Pane) => Math.min(at[one], lengths[one] - 1);
  const move = (by: number) => {
    if (!active) return;
    setAt({ ...at, [active]: Math.max(0, Math.min(place(active) + by, lengths[active] - 1)) });
  };
  const turn = (by: number) => {
    const next = filled[filled.indexOf(active!) + by];
    if (next) setPane(next);
  };
  const go = (one: Pane, to: number) => {
    setPane(one);
    setAt({ ...at, [one]: to });
  };
  /** the place of a list, -1 for those where the cursor is not */
  const of = (one: Pane) => (one === active ? place(one) : -1);
  return { active, place, of, move, turn, go };
}

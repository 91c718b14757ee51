import fc from 'fast-check';
import { assertLossCase, lossCase } from '../support/loss-properties.ts';
import { type Measure, row, seconds } from './support.ts';

/**
 * A million random losses under made-up programmes, in memory: everything that must hold of each (see `assertLossCase`). It stops at the first that breaks a
 * rule. LOSSES and LOSS_SEED take the place of the count and of the seed, which is printed.
 */
export const measure: Measure = async () => {
  const count = Number(process.env.LOSSES ?? 1_000_000);
  const seed = Number(process.env.LOSS_SEED ?? Math.trunc(Math.random() * 2 ** 31));
  console.error(`LOSS_SEED=${seed} LOSSES=${count}`);
  const took = await seconds(async () => fc.assert(fc.property(lossCase, assertLossCase), { numRuns: count, seed }));
  return [row(`随机损失 ${count} 例，全部性质成立`, '例/秒', { ours: count / took })];
};

import { z } from 'zod';
import { settleDue } from '../src/settlement/service.ts';
import type { Handler } from './worker.ts';

const zPool = z.object({ poolCode: z.string() });

/** One pool: ends what was cut off, then settles what is due, in order. */
export const settlePool: Handler = async (ctx, data) => {
  await settleDue(ctx, zPool.parse(data).poolCode);
};

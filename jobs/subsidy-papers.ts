import { z } from 'zod';
import { issueSubsidyPapers } from '../src/subsidies/papers-service.ts';
import type { Handler } from './worker.ts';

const zDue = z.object({ event: z.string(), ids: z.array(z.string()), on: z.string() });

/** The papers and letters that follow from a step of subsidy applications. */
export const subsidyPapers: Handler = (ctx, data) => {
  const { ids, ...due } = zDue.parse(data);
  return issueSubsidyPapers(ctx, { ...due, ids: ids.map(BigInt) });
};

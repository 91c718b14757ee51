import { z } from '@hono/zod-openapi';
import { zDate, zExplanation, zId, zMoney } from './common.ts';

const tally = { count: z.number().int(), amount: zMoney, decided: zMoney, granted: zMoney };

/** A batch as it fills up, by state and by kind of line. */
export const zBoard = z
  .object({
    ...{ scheme: z.string(), schemeTitle: z.string(), year: z.number().int(), batchNo: z.number().int() },
    ...{ closesOn: zDate.nullable(), batchId: zId.nullable(), status: z.string().nullable() },
    ...{ applications: z.number().int(), enterprises: z.number().int(), heldLines: z.number().int() },
    states: z.array(z.object({ status: z.string(), ...tally })),
    kinds: z.array(z.object({ kind: z.string(), ...tally })),
  })
  .openapi('SubsidyBatchBoard');

/** What each application of a batch gets of the budget. */
export const zShares = z
  .object({
    ...{
      previewed: z.boolean(),
      sharing: z.string(),
      available: zMoney,
      demand: zMoney,
      granted: zMoney,
      reserved: zMoney,
      unshared: zMoney,
      toSettle: z.number().int(),
    },
    items: z.array(
      z.object({
        ...{ applicationId: zId, enterpriseName: z.string(), receivedNo: z.string(), decided: zMoney },
        ...{ granted: zMoney, deferred: zMoney, explanation: zExplanation.nullable() },
      }),
    ),
  })
  .openapi('SubsidyShares');

const change = { before: zMoney, after: zMoney };

/** What another value of a clause would have made of a year. */
export const zTrial = z
  .object({
    ...{ clauseId: z.string(), title: z.string(), year: z.number().int(), before: z.string(), after: z.string() },
    ...{ applications: z.number().int(), eligibleBefore: z.number().int(), eligibleAfter: z.number().int() },
    ...{ demandBefore: zMoney, demandAfter: zMoney, changed: z.number().int(), gaining: z.number().int() },
    losing: z.number().int(),
    kinds: z.array(z.object({ kind: z.string(), ...change })),
    items: z.array(
      z.object({
        ...{ id: zId, enterpriseName: z.string(), enterpriseUscc: z.string(), ...change },
        lines: z.array(z.object({ place: z.number().int(), kind: z.string(), name: z.string(), ...change })),
        explanation: z.object({ before: zExplanation, after: zExplanation }),
      }),
    ),
  })
  .openapi('SubsidyTrial');

import { z } from 'zod';
import { Exact, sum, ZERO } from '../../money/money.ts';
import { coded, percentText } from '../values.ts';
import { conditions } from './loss-condition.ts';

const share = z.strictObject({
  bearer: z.string().min(1),
  label: z.string().min(1),
  /** A percentage; `rest`: what the others leave of 100 %; `agreed`: as the loan's own contract says. */
  percent: z.union([percentText, z.enum(['rest', 'agreed'])]),
  /** Where a contract may depart from the percentage, and how far. */
  agreeable: z.strictObject({ atLeast: percentText.optional(), atMost: percentText.optional() }).optional(),
  /** Out of the pool or of its own money; left out: a bank or guarantor pays its own, anyone else is the pool's. */
  pays: z.enum(['pool', 'own']).optional(),
  /** Kinds of the pool's contributors that stand for it; left out: its own kind, and for `pool` all of them. */
  contributors: z.array(z.string().min(1)).min(1).optional(),
  /** Whom it pays; left out: the bank. */
  to: z.string().min(1).optional(),
});
export type Share = z.infer<typeof share>;

const shares = z
  .array(share)
  .min(2)
  .max(6)
  .refine((all) => new Set(all.map(({ bearer }) => bearer)).size === all.length, { error: '承担方不得重复' })
  .refine((all) => all.filter(({ percent }) => percent === 'rest').length <= 1, { error: '只能有一方承担其余部分' })
  .refine((all) => all.every((s) => s.percent !== 'agreed' || s.agreeable), {
    error: '按合同约定的比例应写明约定的范围（agreeable）',
  })
  .refine((all) => !all.some((s) => s.agreeable) || hasRest(all), { error: '比例可由合同约定的，须有一方承担其余部分' })
  .refine((all) => (hasRest(all) ? stated(all).lte(100) : stated(all).eq(100)), { error: '各方比例之和应为 100%' });

export const lossSharesValue = z
  .strictObject({
    /** 2 to 6 bearers in the order that settles ties; for loans that no row fits. */
    shares: shares.optional(),
    /** Shares of loans that meet a condition. */
    rows: z.array(z.strictObject({ label: z.string().min(1), when: conditions, shares })).optional(),
    /** Which row counts of those that fit: the first (left out), or the one that takes most from the pool (从高). */
    pick: z.enum(['first', 'highest']).optional(),
    /** Percentage points added to one bearer, together up to a ceiling, and taken from whoever bears the rest. */
    bonus: z
      .strictObject({
        to: z.string().min(1),
        ceiling: percentText.optional(),
        items: z
          .array(
            z.strictObject({
              label: z.string().min(1),
              when: conditions.optional(),
              points: percentText,
              /** For each whole year of the loan's term beyond the first, instead of once. */
              each: z.literal('extraYear').optional(),
            }),
          )
          .min(1),
      })
      .optional(),
    /** Only this part of the loss is shared; what is left falls on the one named. */
    countsOnly: z.strictObject({ fact: z.enum(['ipShare', 'creditShare']), restOn: coded }).optional(),
  })
  .refine((value) => value.shares || value.rows?.length, { error: '请写明各方分担比例' })
  .refine((value) => !value.bonus || everyRow(value).every((row) => raisable(row, value.bonus!.to)), {
    error: '有加点的，每一档都须有一方承担其余部分，加点的一方应有写明的比例',
  });
export type LossShares = z.infer<typeof lossSharesValue>;

/** What the shares state in percent, without who bears the rest or what a contract says. */
export function stated(all: readonly Share[]): Exact {
  return sum(all.map(({ percent }) => (percent === 'rest' || percent === 'agreed' ? ZERO : new Exact(percent))));
}

function hasRest(all: readonly Share[]): boolean {
  return all.some(({ percent }) => percent === 'rest');
}

function everyRow({ shares: base, rows = [] }: { shares?: Share[]; rows?: { shares: Share[] }[] }): Share[][] {
  return [...(base ? [base] : []), ...rows.map((row) => row.shares)];
}

function raisable(row: readonly Share[], to: string): boolean {
  return hasRest(row) && row.every((s) => s.bearer !== to || s.percent !== 'rest');
}

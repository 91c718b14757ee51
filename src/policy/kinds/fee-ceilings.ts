import { z } from 'zod';
import { Exact, formatYuan, money } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { coded, moneyText, percentText } from '../values.ts';

const fee = z
  .strictObject({
    code: z.string().min(1),
    label: z.string().min(1),
    /** Who owes it to whom. */
    from: coded,
    to: coded,
    /** Yearly ceilings by the guaranteed amount of the single loan; the last band has no upper end. */
    bands: z.array(z.strictObject({ upTo: moneyText.nullable(), percent: percentText })).min(1),
  })
  .refine(({ bands }) => bands.at(-1)!.upTo === null && bands.slice(0, -1).every((b) => b.upTo !== null), {
    error: '最后一档不设上限，其余各档应写明上限',
  })
  .refine(({ bands }) => bands.every((b, i) => i === 0 || b.upTo === null || money(b.upTo).gt(bands[i - 1]!.upTo!)), {
    error: '各档上限应从小到大排列',
  });
const schema = z.strictObject({ fees: z.array(fee).min(1) });
export type FeeCeilings = z.infer<typeof schema>;
export type Fee = z.infer<typeof fee>;
export interface FeeInput {
  fee: string;
  /** The guaranteed amount of the loan in 元. */
  guaranteed: string;
}
/** The ceiling in percent a year, or null where the document sets none. */
export type FeeCeilingsClause = Clause<FeeCeilings, FeeInput, string | null>;

/** How much guarantors and re-guarantors may charge a year (担保费, 再担保费), and who owes whom. */
export function feeCeilings(spec: ClauseSpec<FeeCeilings, FeeInput, string | null>): FeeCeilingsClause {
  return {
    ...spec,
    unit: '%',
    resolvedBy: 'signedOn',
    schema,
    describe: ({ fees }) => fees.map(describeFee).join('；'),
    apply: ({ fees }, { fee, guaranteed }) => {
      const found = fees.find(({ code }) => code === fee);
      return found?.bands.find(({ upTo }) => upTo === null || new Exact(guaranteed).lte(upTo))?.percent ?? null;
    },
  };
}

function describeFee({ label, from, to, bands }: Fee): string {
  const words = bands.map(({ upTo, percent }, i) => {
    const last = bands[i - 1]?.upTo;
    const range = upTo ? `${yuan(upTo)} 元及以下` : last ? `${yuan(last)} 元以上` : '';
    return `${range}不超过 ${percent}%`;
  });
  return `${from.label}向${to.label}支付${label}，年费率${words.join('，')}`;
}

const yuan = (text: string): string => formatYuan(money(text));

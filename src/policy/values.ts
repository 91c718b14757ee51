import { z } from 'zod';

/** Pieces of clause values. They stay text, so that a value reads the same in the code, the API and the database. */

/** An amount in 元, not negative, always with two decimals: "5000000.00". */
export const moneyText = z
  .string()
  .regex(/^\d{1,16}\.\d{2}$/, { error: '应为带两位小数的金额文本（元），例如 "5000000.00"' });

/** A percentage, not negative, at most six decimals: "40", "1.5". */
export const percentText = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, { error: '应为百分数文本，不带百分号，例如 "40" 或 "1.5"' });

/** A multiple above zero, at most two decimals: "10". */
export const multipleText = z
  .string()
  .regex(/^(?!0+(\.0+)?$)\d{1,4}(\.\d{1,2})?$/, { error: '应为大于零的倍数文本，例如 "10"' });

/** A number of months, 1 to 600. */
export const months = z.int().min(1).max(600);

/** A number of days, 1 to 3660. */
export const days = z.int().min(1).max(3660);

/** A code of ours with its Chinese name. */
export const coded = z.strictObject({ code: z.string().min(1), label: z.string().min(1) });
export type Coded = z.infer<typeof coded>;

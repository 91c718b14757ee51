import type { LocalDate } from '../calendar/local-date.ts';
import { Exact } from '../money/money.ts';

/** Prisma's Decimal is another class with fewer digits: numbers cross the border as text. */
export const fromDb = (value: { toFixed(): string } | string): Exact =>
  new Exact(typeof value === 'string' ? value : value.toFixed());

/** A `date` column as Prisma gives it (midnight UTC) → 'YYYY-MM-DD'. */
export const dateFromDb = (value: Date): LocalDate => value.toISOString().slice(0, 10);

/** 'YYYY-MM-DD' → what Prisma wants for a `date` column. */
export const dateToDb = (value: LocalDate): Date => new Date(`${value}T00:00:00Z`);

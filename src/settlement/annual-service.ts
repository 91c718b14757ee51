import type { Tx } from '../db/client.ts';
import type { Pool } from '../generated/node/client.ts';
import { type AnnualBody, annualStatements } from './annual.ts';
import { settledMonth, spanFacts } from './span-service.ts';
import type { SpanFacts } from './statement.ts';
import { accountTitles, settledMonths } from './year-store.ts';

/** A year's statements with the figures they were composed from. */
export interface ComposedYear {
  statements: AnnualBody[];
  cites: SpanFacts['cites'];
}

/** Composes the statements of a year of a pool up to its last settled month; null while none is settled. */
export async function composeYear(tx: Tx, pool: Pool, year: number): Promise<ComposedYear | null> {
  const months = await settledMonths(tx, pool.code, year);
  const [first, last] = [months[0]?.period, months.at(-1)?.period];
  if (!first || !last) return null;
  const parties = await tx.institution.findMany({ select: { code: true, name: true } });
  const names = new Map(parties.map(({ code, name }) => [code, name]));
  const { cells } = (await settledMonth(tx, pool.code, last))!;
  const span = await spanFacts(tx, { poolCode: pool.code, policyCode: pool.policyCode, first, last }, cells, names);
  const facts = {
    poolCode: pool.code,
    poolName: pool.name,
    year,
    span,
    months,
    titles: await accountTitles(tx),
    names,
  };
  return { statements: annualStatements(facts), cites: span.cites };
}

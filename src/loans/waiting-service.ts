import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import type { LoanFiling } from '../generated/node/client.ts';
import { filingChecker, reviewDueOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { fieldsOf, summaryOf } from './filing-service.ts';
import { doubts, factsOf } from './judge.ts';
import { contractsOf, type EnterpriseFacts } from './store.ts';

/**
 * What a reviewer sees of a filing in a list while it waits, null once it is decided: until when the reviewer who asks, or the unit's where
 * somebody else asks, has time; and how many of its checks need a look.
 */
export interface Waiting {
  reviewDueOn: LocalDate | null;
  doubts: number | null;
}

/** The rows that wait, each by its id. */
export async function waitingOf(tx: Tx, { actor }: Context, rows: LoanFiling[]): Promise<Map<bigint, Waiting>> {
  const waiting = rows.filter(({ status }) => status === 'submitted');
  if (waiting.length === 0) return new Map();
  const codes = [...new Set(waiting.map(({ poolCode }) => poolCode))];
  const rules = await rulebook(tx);
  const pools = new Map(
    (await tx.pool.findMany({ where: { code: { in: codes } } })).map(({ code, regions, policyCode }) => {
      const policy = policyByCode(policyCode);
      return [code, { regions, policy, check: filingChecker(policy, rules) }];
    }),
  );
  const contracts = new Map<string, Awaited<ReturnType<typeof contractsOf>>>();
  for (const [bank, own] of Map.groupBy(waiting, ({ bankCode }) => bankCode)) {
    const renewed = own.flatMap(({ renewsContractNo }) => renewsContractNo ?? []);
    contracts.set(bank, await contractsOf(tx, bank, renewed));
  }
  const by = actor.role === 'regionalReviewer' ? 'region' : 'cooperatingUnit';
  return new Map(
    waiting.map((row) => {
      const { policy, regions, check } = pools.get(row.poolCode)!;
      const summary = summaryOf(row);
      const [fields, facts] = [fieldsOf(summary), row.facts as unknown as EnterpriseFacts];
      const known = { filedOn: summary.filedOn, poolRegions: regions, contracts: contracts.get(row.bankCode)! };
      const checks = [...check(factsOf(fields, facts, known)), ...doubts(fields, facts)];
      const unsure = checks.filter(({ verdict }) => verdict === 'warn' || verdict === 'fail').length;
      return [row.id, { reviewDueOn: reviewDueOn(policy, summary.filedOn, by, rules).dueOn, doubts: unsure }];
    }),
  );
}

import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { enterpriseFacts } from '../loans/store.ts';
import { Exact } from '../money/money.ts';
import { findEnterprise } from '../parties/enterprise-service.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { type Eligibility, eligibilityOf, judgeProgramme } from './eligibility.ts';

/**
 * What an enterprise may get from each programme and why not: an enterprise asks for itself, everyone else for those that they may look up.
 * @throws DomainError NOT_FOUND (404), also for one outside the actor's scope; ENTERPRISE_NEEDED (422)
 */
export async function eligibility(ctx: Context, asked?: string): Promise<Eligibility> {
  permit(ctx, 'enterprise.read');
  const uscc = asked ?? ctx.actor.enterprise;
  if (!uscc) throw new DomainError('ENTERPRISE_NEEDED', '请写明企业的统一社会信用代码（uscc）');
  // What it has in all banks is among the answers: the same door as to the enterprise itself.
  await findEnterprise(ctx, uscc);
  return inTransaction(ctx, (tx) => readEligibility(tx, ctx, uscc));
}

/** The same inside a transaction, for the first page. */
export async function readEligibility(tx: Tx, ctx: Context, uscc: string): Promise<Eligibility> {
  permit(ctx, 'enterprise.read');
  const facts = (await enterpriseFacts(tx, [uscc])).get(uscc);
  if (!facts) throw notFound();
  const rules = await rulebook(tx);
  const { registeredAt, staff, titles } = facts;
  const enterprise = {
    registeredAt,
    staff,
    titles,
    revenue: new Exact(facts.revenue),
    assets: new Exact(facts.assets),
  };
  const judged = (await poolsWithBanks(tx, ctx)).map(({ policyCode, ...pool }) => {
    const policy = policyByCode(policyCode);
    const input = { pool, policy, today: ctx.today, enterprise, counted: facts.counted };
    const covered = pool.regions.some((region) => registeredAt.includes(region));
    return { covered, ...judgeProgramme(input, rules) };
  });
  return eligibilityOf({ uscc, name: facts.name, asOf: ctx.today, titles }, judged);
}

/** Pools with the banks that cooperate with them today: where one goes to apply. */
async function poolsWithBanks(tx: Tx, ctx: Context) {
  const day = dateToDb(ctx.today);
  const pools = await tx.pool.findMany({ orderBy: { name: 'asc' } });
  const partners = await tx.partnership.findMany({
    where: {
      validFrom: { lte: day },
      OR: [{ validTo: null }, { validTo: { gte: day } }],
      institution: { kind: 'partnerBank' },
    },
    include: { institution: true },
  });
  return pools.map(({ code, name, programme, regions, policyCode }) => {
    const own = partners.filter((p) => p.poolCode === null || p.poolCode === code);
    const banks = [...new Set(own.map((p) => p.institution.name))].sort();
    return { code, name, programme, regions, policyCode, banks };
  });
}

function notFound(): DomainError {
  return new DomainError('NOT_FOUND', '没有这家企业', { status: 404 });
}

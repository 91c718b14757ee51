import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import { schemeByCode } from '../policy/register.ts';
import { FINDINGS, type FindingCode } from './finding.ts';
import { keepFindings, writeChecks } from './finding-store.ts';
import { judgeMany, plain } from './judge-service.ts';
import { assertStep } from './steps.ts';
import { happened, lockApplications, requestOf } from './store.ts';
import { type ApplicationView, readApplication } from './view-service.ts';

/** What a reviewer looked up of an applicant, and where. `holds`: it is so. */
export interface LookedUp {
  code: FindingCode;
  holds: boolean;
  source: string;
}

/**
 * Keeps what a reviewer looked up of an applicant (守法、信用、获奖) and judges its application anew by it. The last word counts.
 * @throws DomainError NOT_FOUND (404), APPLICATION_STEP (409), FINDING_NEEDLESS (422) for what the scheme does not ask of this application
 */
export async function recordFindings(ctx: Context, id: bigint, looked: readonly LookedUp[]): Promise<ApplicationView> {
  permit(ctx, 'subsidy.confirm');
  return inTransaction(ctx, async (tx) => {
    const [row] = await lockApplications(tx, [id]);
    assertStep('confirm', row!);
    if (ctx.actor.role === 'countyReviewer' && row!.status !== 'submitted')
      throw new DomainError('NOT_YOUR_TURN', `补贴申请 ${id} 已报送上级，不能再办理`, { status: 403 });
    assertAsked(row!, looked);
    await keepFindings(tx, ctx, [{ row: row!, findings: looked }]);
    await judgeAnew(tx, [row!]);
    await happened(tx, ctx, [row!], 'confirmed', () => ({ findings: looked }));
    await audit(tx, ctx, {
      ...{
        action: 'subsidy.confirm',
        subject: `subsidyApplication:${id}`,
        after: Object.fromEntries(looked.map(({ code, holds, source }) => [code, `${holds}：${source}`])),
      },
    });
    return readApplication(tx, ctx, id);
  });
}

/**
 * Who passes applications answers for what they rest on: whatever nobody looked up before is confirmed by them, by name, as not against the applicant, and
 * a prize as won. For the step of 形式审查.
 */
export async function confirmRest(tx: Tx, ctx: Context, rows: SubsidyApplication[]): Promise<void> {
  const open = [];
  for (const row of rows) {
    const findings = openFindings(row).map((code) => ({ code, holds: code === 'contest', source: '形式审查时核实' }));
    if (findings.length > 0) open.push({ row, findings });
  }
  if (open.length === 0) return;
  await keepFindings(tx, ctx, open);
  await judgeAnew(
    tx,
    open.map(({ row }) => row),
  );
  const byId = new Map(open.map(({ row, findings }) => [row.id, findings]));
  await happened(
    tx,
    ctx,
    open.map(({ row }) => row),
    'confirmed',
    ({ id }) => ({ findings: byId.get(id) }),
  );
}

/** What an application rests on that nobody has looked up, by its checks. */
export function openFindings({ checks }: Pick<SubsidyApplication, 'checks'>): FindingCode[] {
  const open = (checks as unknown as { verdict: string; value?: string }[]).filter(
    (one) => one.verdict === 'notChecked',
  );
  return open.flatMap(({ value = '' }) => value.split('、')).filter((code): code is FindingCode => code in FINDINGS);
}

async function judgeAnew(tx: Tx, rows: SubsidyApplication[]): Promise<void> {
  const all = [];
  for (const [scheme, own] of Map.groupBy(rows, (row) => row.schemeCode)) {
    const asked = own.map((row) => ({
      ...{ id: row.id, uscc: row.enterpriseUscc, request: requestOf(row) },
      ...{ appliedOn: dateFromDb(row.appliedOn!), year: row.year },
    }));
    const judged = await judgeMany(tx, schemeByCode(scheme), asked);
    all.push(...own.map(({ id }, i) => ({ id, checks: plain(judged[i]!.evaluation.checks) })));
  }
  await writeChecks(tx, all);
}

function assertAsked(row: SubsidyApplication, looked: readonly LookedUp[]): void {
  const scheme = schemeByCode(row.schemeCode);
  const asked = new Set<string>(scheme.standing.versions.flatMap(({ value }) => value.barred.map(({ code }) => code)));
  if (requestOf(row).contestYear !== undefined) asked.add('contest');
  const errors = looked.flatMap(({ code }, i) =>
    asked.has(code)
      ? []
      : [
          {
            code: 'FINDING_NEEDLESS',
            field: `findings.${i}.code`,
            value: code,
            message: `这项申请不涉及「${FINDINGS[code]}」`,
          },
        ],
  );
  if (errors.length > 0) throw new DomainError('FINDING_NEEDLESS', errors[0]!.message, { errors });
}

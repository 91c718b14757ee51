import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { LoanFacts } from '../documents/parts.ts';
import { issue } from '../documents/service.ts';
import type { FilingResult } from '../documents/view-models.ts';
import { FILING_RESULTS } from '../documents/wording.ts';
import type { Citation } from '../errors.ts';
import type { LoanFiling } from '../generated/node/client.ts';
import type { Exact, Money } from '../money/money.ts';
import { toWire } from '../money/money.ts';
import { ratePercent, toPercent } from '../money/rate.ts';
import type { Check } from '../policy/check.ts';
import { findClause } from '../policy/register.ts';
import type { LockedPool } from '../pool/store.ts';
import { GUARANTEE_MODES, PURPOSES, REPAYMENT_METHODS } from './terms.ts';

interface About {
  pool: LockedPool;
  filing: LoanFiling;
}

/** 贷款同意函 to the bank, in the transaction of the consent. */
export async function issueConsentLetter(
  tx: Tx,
  ctx: Context,
  about: About & { reserve: Money; leverage: Exact; cites: Citation[] },
): Promise<string> {
  const { pool, filing, reserve, leverage, cites } = about;
  const loan = await loanFacts(tx, filing);
  return issue(tx, ctx, {
    kind: 'consentLetter',
    subject: `filing:${filing.id}`,
    poolCode: pool.code,
    bankCode: filing.bankCode,
    enterpriseUscc: filing.enterpriseUscc,
    publicFacts: publicFacts(loan),
    view: {
      ...(await head(tx, ctx, pool, '贷款同意函', cites)),
      addressee: await nameOf(tx, filing.bankCode),
      poolName: pool.name,
      loan,
      reserve: toWire(reserve),
      leverage: leverage.toFixed(),
      conditions: [
        '请按月报送贷款余额和五级分类；发生展期、逾期或者提前结清的，及时报告。',
        '贷款资金须按备案用途使用，不得抽贷、断贷、压贷。',
      ],
    },
  });
}

/** 备案通知书 to the bank: the decision, check by check. */
export async function issueFilingNotice(
  tx: Tx,
  ctx: Context,
  about: About & { result: FilingResult; checks: Check[]; reasons: string[] },
): Promise<string> {
  const { pool, filing, result, checks, reasons } = about;
  const loan = await loanFacts(tx, filing);
  const shown = checks.filter((c) => c.verdict !== 'notChecked');
  return issue(tx, ctx, {
    kind: 'filingNotice',
    subject: `filing:${filing.id}`,
    poolCode: pool.code,
    bankCode: filing.bankCode,
    enterpriseUscc: filing.enterpriseUscc,
    publicFacts: [...publicFacts(loan), { label: '审查结论', value: FILING_RESULTS[result] }],
    view: {
      ...(await head(
        tx,
        ctx,
        pool,
        '贷款备案通知书',
        shown.flatMap((c) => c.cites),
      )),
      addressee: await nameOf(tx, filing.bankCode),
      poolName: pool.name,
      loan,
      filedOn: dateFromDb(filing.filedOn),
      result,
      checks: shown.map((c) => ({
        name: c.clause ? findClause(c.clause).title : c.code === 'BAD_LOANS' ? '不良贷款' : '借款人名称',
        verdict: c.verdict === 'warn' ? ('warning' as const) : (c.verdict as 'pass' | 'fail'),
        value: c.value ?? '',
        message: c.message,
        cites: c.cites,
      })),
      reasons,
    },
  });
}

async function head(tx: Tx, ctx: Context, pool: LockedPool, title: string, cites: Citation[]) {
  return {
    title,
    programme: pool.programme,
    issuer: await nameOf(tx, pool.cooperatingUnit),
    issuedOn: ctx.today,
    provisionalFigures: cites.some((c) => !c.confirmed),
    cites: unique(cites),
  };
}

function unique(cites: Citation[]): Citation[] {
  return [...new Map(cites.map((c) => [`${c.document}${c.article}${c.confirmed}`, c])).values()];
}

async function nameOf(tx: Tx, institution: string): Promise<string> {
  return (await tx.institution.findUniqueOrThrow({ where: { code: institution } })).name;
}

/** A filed loan as papers name it. */
export async function loanFacts(tx: Tx, f: LoanFiling): Promise<LoanFacts> {
  const enterprise = await tx.enterprise.findUniqueOrThrow({ where: { uscc: f.enterpriseUscc } });
  return {
    enterprise: enterprise.name,
    uscc: f.enterpriseUscc,
    contractNo: f.contractNo,
    dueBillNo: f.dueBillNo,
    principal: f.principal.toFixed(2),
    countedPrincipal: f.countedPrincipal.toFixed(2),
    annualRate: toPercent(ratePercent(f.annualRate.toFixed())),
    disbursedOn: dateFromDb(f.disbursedOn),
    maturesOn: dateFromDb(f.maturesOn),
    repaymentMethod: REPAYMENT_METHODS[f.repaymentMethod as keyof typeof REPAYMENT_METHODS],
    guaranteeMode: GUARANTEE_MODES[f.guaranteeMode as keyof typeof GUARANTEE_MODES],
    purpose: f.purposeText ?? PURPOSES[f.purpose as keyof typeof PURPOSES],
  };
}

function publicFacts(loan: LoanFacts) {
  return [
    { label: '借据号', value: loan.dueBillNo },
    { label: '借款企业', value: loan.enterprise },
    { label: '贷款金额', value: loan.principal },
    { label: '备案金额', value: loan.countedPrincipal },
  ];
}

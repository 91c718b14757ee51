import { audit } from '../access/audit.ts';
import { type Context, ownFilter, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Sheet } from '../files/sheet.ts';
import type { Reconciliation } from '../generated/node/client.ts';
import { BRIDGE_KINDS, type BridgeItem, bridgeSheet } from './bridge.ts';
import { bridgeDocument, issueBridge } from './bridge-service.ts';
import { syncDifferences, undecided } from './difference-store.ts';
import { type Match, RULES } from './match.ts';
import { matchSides } from './match-service.ts';
import { compose, type RunInputs, type RunResult } from './run.ts';
import { insertMatches, readInputs } from './run-store.ts';
import { type DepositAccount, depositAccounts, lockAccount } from './statement-store.ts';

export interface RunView {
  id: string;
  poolCode: string;
  accountNo: string;
  period: SettlementPeriod;
  number: number;
  status: string;
  bankClosing: string;
  ledgerClosing: string;
  unexplained: string;
  matched: number;
  differences: number;
  runOn: LocalDate;
  confirmedOn: LocalDate | null;
  /** run by the actor, who therefore may not confirm it */
  mine: boolean;
}
/** A run with what it found. */
export interface RunDetails extends RunView {
  /** the statements reach to this day; the balance at the bank is of this day where it lies before the month's end */
  coveredTo: LocalDate;
  /** 余额调节表 on paper, of a confirmed run */
  documentId: string | null;
  bridge: (BridgeItem & { label: string })[];
  proposals: (Match & { label: string; confidence: number; reason: string })[];
}

/** More proposals than this are looked at one after the other. */
const SHOWN = 500;

/**
 * 对账: matches what is open of an account up to a month's end, names what each side lacks, and draws the bridge between the two balances. A run with
 * nothing new answers the one before; a month that was confirmed stays as it was confirmed.
 * @throws DomainError PERIOD_IN_FUTURE (422), STATEMENT_MISSING (409)
 */
export async function reconcile(
  ctx: Context,
  input: { poolCode: string; period: SettlementPeriod; accountNo?: string },
): Promise<{ created: boolean; run: RunDetails }> {
  permit(ctx, 'reconciliation.run');
  const { period } = input;
  if (period > periodOf(ctx.today)) throw new DomainError('PERIOD_IN_FUTURE', `${period} 尚未开始，不能对账`);
  return inTransaction(ctx, async (tx) => {
    const account = await accountOf(tx, ctx, input);
    await lockAccount(tx, account.accountNo);
    const confirmed = await tx.reconciliation.findFirst({
      where: { accountNo: account.accountNo, period, status: 'confirmed' },
    });
    if (confirmed) return { created: false, run: details(ctx, confirmed, await bridgeDocument(tx, confirmed.id)) };
    const { inputs, result } = await look(tx, account, period);
    const before = await latest(tx, account, period);
    if (before && result.matches.length === 0 && sameFinding(before, inputs, result))
      return { created: false, run: details(ctx, before) };
    const row = await tx.reconciliation.create({
      data: {
        ...{
          ...account,
          period,
          number: (before?.number ?? 0) + 1,
          status: 'open',
          unexplained: result.unexplained,
          matched: result.matched,
        },
        ...{
          bankClosing: inputs.bankClosing,
          ledgerClosing: inputs.ledgerClosing,
          differences: result.differences.length,
        },
        ...{
          inputs: JSON.stringify(inputs),
          result: JSON.stringify(result),
          runBy: ctx.actor.id,
          runOn: dateToDb(ctx.today),
        },
      },
    });
    await insertMatches(tx, account, { actor: ctx.actor.id, on: ctx.today, runId: row.id }, result.matches);
    await syncDifferences(tx, account, ctx.today, row.id, inputs, result);
    const { matched, unexplained } = result;
    const after = { ...account, period, matched, unexplained, differences: result.differences.length };
    await audit(tx, ctx, { action: 'reconciliation.run', subject: `reconciliation:${row.id}`, after });
    return { created: true, run: details(ctx, row) };
  });
}

async function look(
  tx: Tx,
  account: DepositAccount,
  period: SettlementPeriod,
): Promise<{ inputs: RunInputs; result: RunResult }> {
  const inputs = await readInputs(tx, account, period);
  if (!inputs || inputs.coveredTo < firstDay(period))
    throw new DomainError('STATEMENT_MISSING', `账户 ${account.accountNo} 没有 ${period} 的对账单，请先导入`, {
      status: 409,
    });
  return { inputs, result: compose(inputs, await matchSides(tx, inputs.lines, inputs.legs)) };
}

const latest = (tx: Tx, { accountNo }: DepositAccount, period: SettlementPeriod): Promise<Reconciliation | null> =>
  tx.reconciliation.findFirst({ where: { accountNo, period }, orderBy: { number: 'desc' } });

/** True where a look finds what the run before found, whatever it had to match to find it. */
function sameFinding(before: Reconciliation, inputs: RunInputs, result: RunResult): boolean {
  const [was, saw]: [RunResult, RunInputs] = [JSON.parse(before.result), JSON.parse(before.inputs)];
  const told = (
    { unexplained, bridge, matched, differences, proposals }: RunResult,
    { bankClosing, ledgerClosing, coveredTo }: RunInputs,
  ) => JSON.stringify([bankClosing, ledgerClosing, coveredTo, unexplained, bridge, matched, differences, proposals]);
  return told(was, saw) === told(result, inputs);
}

/**
 * A second person confirms that an account is reconciled at a month's end: the last run, nothing new since, nothing unexplained, every difference settled or
 * explained, and statements up to the month's end. It stays so, whatever comes later.
 * @throws DomainError SAME_PERSON (403), RECONCILIATION_STALE, RECONCILIATION_OPEN, STATEMENT_MISSING, ALREADY_DECIDED (409)
 */
export async function confirmRun(ctx: Context, id: bigint): Promise<RunDetails> {
  permit(ctx, 'reconciliation.confirm');
  return inTransaction(ctx, async (tx) => {
    const seen = await runOf(tx, id);
    await lockAccount(tx, seen.accountNo);
    const run = await runOf(tx, id);
    if (run.status !== 'open') throw new DomainError('ALREADY_DECIDED', '这次对账已经确认', { status: 409 });
    if (run.runBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '办理对账的人不得自己确认，请由另一人办理', { status: 403 });
    const last = await latest(tx, run, run.period);
    const { inputs, result } = await look(tx, run, run.period);
    if (last?.id !== id || result.matches.length > 0 || !sameFinding(run, inputs, result))
      throw new DomainError('RECONCILIATION_STALE', '对账以后又有新的明细、凭证或处理结果，请重新对账后再确认', {
        status: 409,
      });
    if (inputs.coveredTo < lastDay(run.period))
      throw new DomainError(
        'STATEMENT_MISSING',
        `对账单只到 ${inputs.coveredTo}，请导入至 ${lastDay(run.period)} 的对账单`,
        { status: 409 },
      );
    const open = await undecided(tx, run.accountNo, lastDay(run.period));
    if (open > 0 || result.unexplained !== '0.00')
      throw new DomainError('RECONCILIATION_OPEN', `还有 ${open} 项差异未处理，未说明的差额 ${result.unexplained} 元`, {
        status: 409,
      });
    const data = { status: 'confirmed', confirmedBy: ctx.actor.id, confirmedOn: dateToDb(ctx.today) };
    const row = await tx.reconciliation.update({ where: { id }, data });
    await issueBridge(tx, ctx, row, inputs, result);
    const after = { accountNo: run.accountNo, period: run.period, bankClosing: inputs.bankClosing };
    await audit(tx, ctx, { action: 'reconciliation.confirm', subject: `reconciliation:${id}`, after });
    return details(ctx, row, await bridgeDocument(tx, id));
  });
}

/** Runs again what a run looked at, and says whether the same comes of it to the byte. @throws DomainError NOT_FOUND (404) */
export async function replayRun(ctx: Context, id: bigint): Promise<{ same: boolean; bytes: number }> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, async (tx) => {
    const run = await runOf(tx, id);
    const inputs = JSON.parse(run.inputs) as RunInputs;
    const again = JSON.stringify(compose(inputs, await matchSides(tx, inputs.lines, inputs.legs)));
    return { same: again === run.result, bytes: new TextEncoder().encode(run.result).length };
  });
}

const RUNS: Listing = {
  from: 'reconciliation r',
  key: { sql: 'r.id', type: 'bigint' },
  fields: {
    id: { sql: 'r.id', type: 'bigint' },
    poolCode: { sql: 'r.pool_code', type: 'text' },
    period: { sql: 'r.period', type: 'text' },
    status: { sql: 'r.status', type: 'text' },
    unexplained: { sql: 'r.unexplained', type: 'numeric' },
    runOn: { sql: 'r.run_on', type: 'date' },
  },
  search: ['r.account_no'],
  order: '-period,-id',
};
/** What runs may be put in order by. */
export const RUN_SORTS = Object.keys(RUNS.fields);

/** The last run of each account and month that the actor sees. */
export async function listRuns(
  ctx: Context,
  filter: { poolCode?: string; accountNo?: string; period?: SettlementPeriod; status?: string },
  ask: ListAsk,
): Promise<Listed<RunView>> {
  permit(ctx, 'reconciliation.read');
  const conditions: Condition[] = [
    [
      'NOT EXISTS (SELECT FROM reconciliation n WHERE n.account_no = r.account_no AND n.period = r.period AND n.number > r.number)',
    ],
    ['r.pool_code = ?', filter.poolCode],
    ['r.account_no = ?', filter.accountNo],
    ['r.period = ?', filter.period],
    ['r.status = ?', filter.status],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, RUNS, conditions, ask);
    const rows = await tx.reconciliation.findMany({
      where: { id: { in: ids.map(BigInt) } },
      omit: { inputs: true, result: true },
    });
    return { ...page, items: inOrder(ids, rows, ({ id }) => `${id}`).map((row) => view(ctx, row)) };
  });
}

/** One run with its bridge and what it proposes. @throws DomainError NOT_FOUND (404) */
export async function findRun(ctx: Context, id: bigint): Promise<RunDetails> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, async (tx) => details(ctx, await runOf(tx, id), await bridgeDocument(tx, id)));
}

/** 余额调节表 of a run as a table to download. @throws DomainError NOT_FOUND (404) */
export async function bridgeFile(ctx: Context, id: bigint): Promise<Sheet> {
  permit(ctx, 'reconciliation.read');
  const { bridge, ...run } = await findRun(ctx, id);
  return bridgeSheet(run, bridge);
}

async function runOf(tx: Tx, id: bigint): Promise<Reconciliation> {
  const row = await tx.reconciliation.findUnique({ where: { id } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这次对账', { status: 404 });
  return row;
}

async function accountOf(
  tx: Tx,
  ctx: Context,
  input: { poolCode: string; accountNo?: string },
): Promise<DepositAccount> {
  const found = await depositAccounts(tx, ownFilter(ctx.actor).poolCode?.in ?? null, input);
  if (found.length === 1) return found[0]!;
  throw found.length === 0
    ? new DomainError(
        'ACCOUNT_UNKNOWN',
        `「${input.poolCode}」没有可以单独对账的账户${input.accountNo ? `「${input.accountNo}」` : ''}`,
        {
          status: 404,
        },
      )
    : new DomainError('ACCOUNT_NEEDED', '有多个账户，请写明账号（accountNo）');
}

function view(ctx: Context, row: Omit<Reconciliation, 'inputs' | 'result'>): RunView {
  const { poolCode, accountNo, period, number, status, matched, differences } = row;
  return {
    ...{ id: `${row.id}`, poolCode, accountNo, period, number, status, matched, differences },
    ...{
      bankClosing: row.bankClosing.toFixed(2),
      ledgerClosing: row.ledgerClosing.toFixed(2),
      unexplained: row.unexplained.toFixed(2),
    },
    ...{
      runOn: dateFromDb(row.runOn),
      confirmedOn: row.confirmedOn && dateFromDb(row.confirmedOn),
      mine: row.runBy === ctx.actor.id,
    },
  };
}

function details(ctx: Context, row: Reconciliation, documentId: string | null = null): RunDetails {
  const result = JSON.parse(row.result) as RunResult;
  const { coveredTo } = JSON.parse(row.inputs) as RunInputs;
  return {
    ...view(ctx, row),
    ...{ coveredTo, documentId },
    bridge: result.bridge.map((item) => ({ ...item, label: BRIDGE_KINDS[item.kind] })),
    proposals: result.proposals.slice(0, SHOWN).map((proposal) => {
      const { label, confidence, text } = RULES[proposal.rule];
      return { ...proposal, label, confidence, reason: text };
    }),
  };
}

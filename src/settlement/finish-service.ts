import type { Context } from '../access/context.ts';
import { lastDay, previousPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { issue } from '../documents/service.ts';
import type {
  MonthlyLedgerRow,
  SettlementStatementView,
  StatementNote,
  WatchedLoan,
} from '../documents/view-models.ts';
import { longMonth } from '../documents/wording.ts';
import type { Citation } from '../errors.ts';
import { Exact, toWire } from '../money/money.ts';
import { leverageOn } from '../policy/decide.ts';
import { CLASSIFICATIONS } from '../policy/five-categories.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { matchOutstanding } from '../pool/contribution-service.ts';
import { guaranteeMonth } from './guarantee-service.ts';
import { guarantorStatement } from './guarantor-statement.ts';
import { PARTY_KINDS } from './party-kinds.ts';
import {
  bankStatement,
  type Composed,
  contributorStatement,
  isProvisionalMonth,
  type MonthFacts,
  poolStatement,
} from './statement.ts';
import {
  accountMonths,
  compensationTotals,
  eventMonths,
  lateEntries,
  ledgerRows,
  type RunningSettlement,
  watchedLoans,
} from './store.ts';
import { type AccountMonth, type PortfolioCell, total } from './sums.ts';

/** A ledger on paper longer than this is not read; the rest is in the API. */
const LEDGER_ROWS = 2_000;
const WATCHED = 200;

/** What the next month opens with. */
interface Carried {
  accounts: { code: string; key: string; closing: string }[];
  cells: PortfolioCell[];
}

type Watched = WatchedLoan & { bank: string };

/** Composes the month from its sums: a statement and its paper for each party, and the monthly ledgers, all in one transaction. */
export async function finish(tx: Tx, ctx: Context, run: RunningSettlement): Promise<void> {
  const pool = await tx.pool.findUniqueOrThrow({ where: { code: run.poolCode } });
  const names = new Map(
    (await tx.institution.findMany({ select: { code: true, name: true } })).map((i) => [i.code, i.name]),
  );
  const facts = await monthFacts(tx, run, pool.policyCode, names);
  const watched = (await watchedLoans(tx, run.poolCode, run.period, WATCHED)).map((w) => ({
    ...w,
    classification: labelOf(w.classification),
  }));
  const provisional = isProvisionalMonth(facts);
  const head = {
    programme: pool.programme,
    issuer: names.get(pool.matchingUnit) ?? '',
    issuedOn: run.settledOn,
    poolName: pool.name,
    period: run.period,
    ledger: { head: run.ledgerHead, entries: Number(run.ledgerEntries) },
  };

  for (const party of partiesOf(facts, run.poolCode, pool.name, names)) {
    const composed = party.compose();
    const view = statementView(head, party, composed, watchedBy(party, watched), facts.cites);
    const documentId = await issue(tx, ctx, {
      kind: 'settlementStatement',
      subject: `settlement:${run.poolCode}:${run.period}:${party.kind}:${party.code}`,
      poolCode: run.poolCode,
      bankCode: OWN_PAPER.includes(party.kind) ? party.code : null,
      publicFacts: view.totalInWords.map(({ name, amount }) => ({ label: name, value: amount })),
      view,
    });
    await tx.settlementStatement.create({
      data: {
        settlementId: run.id,
        partyKind: party.kind,
        partyCode: party.code,
        poolCode: run.poolCode,
        period: run.period,
        statement: JSON.stringify(view),
        documentId,
      },
    });
  }
  await issueLedgers(tx, ctx, run, head, facts.cites);
  const carried: Carried = {
    accounts: facts.accounts.map((a) => ({ code: a.code, key: a.key, closing: closingOf(a) })),
    cells: facts.cells,
  };
  await tx.settlement.update({
    where: { id: run.id },
    data: { status: provisional ? 'provisional' : 'settled', sums: carried as unknown as object },
  });
}

async function monthFacts(
  tx: Tx,
  run: RunningSettlement,
  policyCode: string,
  bankNames: Map<string, string>,
): Promise<MonthFacts> {
  const end = lastDay(run.period);
  const before = await tx.settlement.findUnique({
    where: { poolCode_period: { poolCode: run.poolCode, period: previousPeriod(run.period) } },
  });
  const carried = (before?.sums ?? { accounts: [], cells: [] }) as unknown as Carried;
  const from = before ? lastDay(before.period) : null;
  const openings = new Map(carried.accounts.map((a) => [`${a.code} ${a.key}`, a.closing]));
  const accounts = (await accountMonths(tx, run.poolCode, from, end)).map((a) => ({
    ...a,
    opening: openings.get(`${a.code} ${a.key}`) ?? '0.00',
  }));
  const { added } = await rulebook(tx);
  const { multiple: leverage, cites } = leverageOn(policyByCode(policyCode), end, added);
  return {
    period: run.period,
    accounts,
    events: await eventMonths(tx, run.poolCode, from, end),
    before: carried.cells,
    cells: run.sums,
    bankNames,
    leverage,
    cites,
    compensated: await compensationTotals(tx, run.poolCode, end),
    guarantees: await guaranteeMonth(tx, { code: run.poolCode, policyCode }, run.period, added),
    late: await lateEntries(tx, run.poolCode, from, end),
    matchOwed: await matchOutstanding(tx, run.poolCode, end, bankNames),
  };
}

const closingOf = (a: AccountMonth): string => toWire(new Exact(a.opening).plus(total(a.movements, (m) => m.amount)));

interface Party {
  kind: 'pool' | 'contributor' | 'bank' | 'guarantor' | 'reguarantor' | 'insurer';
  code: string;
  name: string;
  compose(): Composed;
}

/** Who is told on its own paper: the others read the pool's. */
const OWN_PAPER = ['bank', 'guarantor', 'reguarantor', 'insurer'];

/** A bank looks at its own loans, a guarantor at none: it sees no loans but through its guarantees. */
function watchedBy({ kind, code }: Party, watched: Watched[]): Watched[] {
  if (kind === 'bank') return watched.filter((w) => w.bank === code);
  return OWN_PAPER.includes(kind) ? [] : watched;
}

function partiesOf(facts: MonthFacts, poolCode: string, poolName: string, names: Map<string, string>): Party[] {
  const contributors = facts.accounts.filter((a) => a.code === '2901').map((a) => a.key);
  const guarantors = facts.accounts.filter((a) => a.code === '9401').map((a) => a.key);
  const banks = [...new Set([...facts.cells.map((c) => c.bank), ...facts.events.map((e) => e.bank)])].sort();
  return [
    { kind: 'pool', code: poolCode, name: poolName, compose: () => poolStatement(facts) },
    ...contributors.map(
      (code): Party => ({
        kind: 'contributor',
        code,
        name: names.get(code) ?? code,
        compose: () => contributorStatement(facts, code),
      }),
    ),
    ...banks.map(
      (code): Party => ({
        kind: 'bank',
        code,
        name: names.get(code) ?? code,
        compose: () => bankStatement(facts, code),
      }),
    ),
    ...guarantors.map(
      (code): Party => ({
        kind: facts.guarantees.parties.get(code) ?? 'guarantor',
        code,
        name: names.get(code) ?? code,
        compose: () => guarantorStatement(facts, code),
      }),
    ),
  ];
}

type Head = Pick<SettlementStatementView, 'programme' | 'issuer' | 'issuedOn' | 'poolName' | 'period' | 'ledger'>;

function statementView(head: Head, party: Party, composed: Composed, watchList: Watched[], cites: Citation[]) {
  return {
    ...head,
    title: '风险补偿资金池月度结算单',
    partyName: party.name,
    partyKind: PARTY_KINDS[party.kind],
    ...composed,
    watchList: watchList.map(({ bank: _, ...w }) => w),
    totalInWords: composed.sections.map((s) => ({ name: `${s.name}期末数`, amount: s.closing })),
    provisionalFigures: cites.some((c) => !c.confirmed),
    cites,
  };
}

/** 月度台账: one of the pool, one of each bank, with the loans that were in it during the month. */
async function issueLedgers(
  tx: Tx,
  ctx: Context,
  run: RunningSettlement,
  head: Head,
  cites: Citation[],
): Promise<void> {
  const read = (bank: string | null) => ledgerRows(tx, run.poolCode, bank, run.period, LEDGER_ROWS + 1);
  const all = await read(null);
  const whole = all.length <= LEDGER_ROWS;
  const banks = [...new Set(whole ? all.map((r) => r.bankCode) : run.sums.map((c) => c.bank))].sort();
  for (const bank of [null, ...banks]) {
    const rows = bank === null ? all : whole ? all.filter((r) => r.bankCode === bank) : await read(bank);
    if (rows.length > 0) await issueLedger(tx, ctx, run.poolCode, bank, rows, head, cites);
  }
}

type LedgerRow = Awaited<ReturnType<typeof ledgerRows>>[number];

async function issueLedger(
  tx: Tx,
  ctx: Context,
  poolCode: string,
  bank: string | null,
  found: LedgerRow[],
  head: Head,
  cites: Citation[],
): Promise<void> {
  const { programme, issuer, issuedOn, poolName, period } = head;
  const rows = found.slice(0, LEDGER_ROWS);
  const cut = `本台账列示前 ${LEDGER_ROWS} 笔，全部贷款请通过接口查询`;
  const notes: StatementNote[] = found.length > LEDGER_ROWS ? [{ kind: 'remark', text: cut }] : [];
  await issue(tx, ctx, {
    kind: 'monthlyLedger',
    subject: `ledger:${poolCode}:${period}:${bank ?? 'pool'}`,
    poolCode,
    bankCode: bank,
    publicFacts: [
      { label: '月份', value: longMonth(period) },
      { label: '笔数', value: `${rows.length}` },
    ],
    view: {
      ...{ title: '宁科贷月度台账', programme, issuer, issuedOn, poolName, period, notes, cites },
      provisionalFigures: cites.some((c) => !c.confirmed),
      ...(bank === null ? {} : { bankName: rows[0]!.bank }),
      rows: rows.map(
        ({ bankCode: _, ...row }): MonthlyLedgerRow => ({ ...row, classification: labelOf(row.classification) }),
      ),
    },
  });
}

const labelOf = (code: string): string => CLASSIFICATIONS.find((c) => c.code === code)?.label ?? code;

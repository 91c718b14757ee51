import type { Context } from '../access/context.ts';
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
import { CLASSIFICATIONS } from '../policy/five-categories.ts';
import { rulebook } from '../policy/store.ts';
import { guaranteeMonth } from './guarantee-service.ts';
import { guarantorStatement } from './guarantor-statement.ts';
import { PARTY_KINDS } from './party-kinds.ts';
import { carriedBy, spanFacts } from './span-service.ts';
import {
  bankStatement,
  type Composed,
  contributorStatement,
  isProvisionalMonth,
  type MonthFacts,
  poolStatement,
} from './statement.ts';
import { ledgerRows, type RunningSettlement, watchedLoans } from './store.ts';

/** A ledger on paper longer than this is not read; the rest is in the API. */
const LEDGER_ROWS = 2_000;
const WATCHED = 200;

type Watched = WatchedLoan & { bank: string };

/** Composes the month from its sums: a statement and its paper for each party, and the monthly ledgers, all in one transaction. */
export async function finish(tx: Tx, ctx: Context, run: RunningSettlement): Promise<void> {
  const pool = await tx.pool.findUniqueOrThrow({ where: { code: run.poolCode } });
  const names = new Map(
    (await tx.institution.findMany({ select: { code: true, name: true } })).map((i) => [i.code, i.name]),
  );
  const span = { poolCode: run.poolCode, policyCode: pool.policyCode, first: run.period, last: run.period };
  const { added } = await rulebook(tx);
  const facts: MonthFacts = {
    ...(await spanFacts(tx, span, run.sums, names)),
    guarantees: await guaranteeMonth(tx, { code: run.poolCode, policyCode: pool.policyCode }, run.period, added),
  };
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
  await tx.settlement.update({
    where: { id: run.id },
    data: { status: provisional ? 'provisional' : 'settled', sums: carriedBy(facts) as unknown as object },
  });
}

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

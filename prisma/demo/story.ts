import { readFile } from 'node:fs/promises';
import type { Actor, Context } from '../../src/access/context.ts';
import type { Role } from '../../src/access/roles.ts';
import { LPR_DEMONSTRATION } from '../../src/calendar/lpr-table.ts';
import { nextPeriod, periodsBetween, type SettlementPeriod } from '../../src/calendar/settlement-period.ts';
import type { ImportKind } from '../../src/files/columns.ts';
import { consent } from '../../src/loans/filing-service.ts';
import { listFilings } from '../../src/loans/list-service.ts';
import { type ImportMode, receiveImport } from '../../src/loans/import-service.ts';
import { addPartnership, createInstitution } from '../../src/parties/institution-service.ts';
import { addLprQuote } from '../../src/policy/calendar-service.ts';
import { recordContribution } from '../../src/pool/contribution-service.ts';
import { createPool } from '../../src/pool/service.ts';
import { settleDue } from '../../src/settlement/service.ts';
import { INSTITUTIONS, PARTNERSHIPS, POOLS } from './parties.ts';

/** Who acts: a role, and of which institution. */
export type Cast = (role: Role, institution?: string) => Promise<Actor>;

export interface Step {
  on: string;
  as: [role: Role, institution?: string] | 'system';
  does(ctx: Context): Promise<unknown>;
}

const BEGINS = '2026-01-05';

/** Parties, pools, rates and enterprises: what is there before the first money comes. */
async function prologue(ctx: Context): Promise<void> {
  for (const institution of INSTITUTIONS) await createInstitution(ctx, institution);
  for (const pool of POOLS) await createPool(ctx, pool);
  for (const { bank, pool } of PARTNERSHIPS) await addPartnership(ctx, bank, { poolCode: pool, validFrom: '2026-01-01', document: '合作协议（示例）' });
  for (const quote of LPR_DEMONSTRATION) await addLprQuote(ctx, quote);
  await upload(ctx, 'enterprises', 'enterprises.csv', 'all');
}

const contribution = (on: string, poolCode: string, contributor: string, amount: string, receiptNo: string): Step => ({
  on,
  as: ['finance'],
  does: (ctx) => recordContribution(ctx, { poolCode, contributor, amount, receiptNo, receivedOn: on }),
});

const filings = (on: string, bank: string, poolCode: string, file: string, mode: ImportMode): Step => ({
  on,
  as: ['bank', bank],
  does: (ctx) => upload(ctx, 'loanFilings', file, mode, poolCode),
});

const consents = (on: string, unit: string, bankCode: string): Step => ({
  on,
  as: ['countyReviewer', unit],
  does: async (ctx) => {
    const { items } = await listFilings(ctx, { bankCode, status: 'submitted' }, { take: 100 });
    for (const { id } of items) await consent(ctx, BigInt(id));
  },
});

const reports = (on: string, bank: string, ...periods: SettlementPeriod[]): Step => ({
  on,
  as: ['bank', bank],
  does: async (ctx) => {
    for (const period of periods) await upload(ctx, 'balanceReports', `balances/${bank}-${period}.csv`, 'all');
  },
});

const settlements = (period: SettlementPeriod): Step => ({
  on: `${nextPeriod(period)}-10`,
  as: 'system',
  does: async (ctx) => {
    for (const { code } of POOLS) await settleDue(ctx, code);
  },
});

/** From June on every bank reports by the 5th and both pools settle on the 10th. */
const routine = periodsBetween('2026-05', '2026-10').flatMap((period) => [
  ...['shizuishan-bank', 'ningxia-bank', 'bank-of-china'].map((bank) => reports(`${nextPeriod(period)}-05`, bank, period)),
  settlements(period),
]);

const steps: Step[] = [
  contribution('2026-01-05', 'pingluo', 'pingluo-st', '3000000.00', '202500000001'),
  contribution('2026-01-07', 'pingluo', 'ningxia-st', '3000000.00', '202500000002'),
  contribution('2026-01-08', 'yinchuan', 'yinchuan-st', '118350000.00', 'YC2026010801'),
  contribution('2026-01-09', 'yinchuan', 'yinchuan-st', '1650000.00', 'YC2026010901'),
  contribution('2026-01-12', 'yinchuan', 'ningxia-st', '120000000.00', 'YC2026011201'),
  settlements('2026-01'),
  settlements('2026-02'),
  settlements('2026-03'),
  filings('2026-04-10', 'shizuishan-bank', 'pingluo', 'filings-shizuishan-bank.csv', 'all'),
  consents('2026-04-13', 'pingluo-st', 'shizuishan-bank'),
  reports('2026-04-14', 'shizuishan-bank', '2026-02', '2026-03'),
  filings('2026-04-30', 'ningxia-bank', 'yinchuan', 'filings-ningxia-bank.csv', 'all'),
  reports('2026-05-05', 'shizuishan-bank', '2026-04'),
  consents('2026-05-06', 'yinchuan-st', 'ningxia-bank'),
  reports('2026-05-07', 'ningxia-bank', '2026-02', '2026-03', '2026-04'),
  settlements('2026-04'),
  filings('2026-05-20', 'bank-of-china', 'yinchuan', 'filings-bank-of-china-with-faults.csv', 'good'),
  consents('2026-05-25', 'yinchuan-st', 'bank-of-china'),
  reports('2026-05-26', 'bank-of-china', '2026-03', '2026-04'),
  ...routine,
  contribution('2026-10-09', 'pingluo', 'pingluo-st', '500000.00', '202600000001'),
];

/** What happened, in the order of its days. */
export const STORY = { begins: BEGINS, prologue, steps: steps.map((step, i) => ({ step, i })).sort((a, b) => (a.step.on === b.step.on ? a.i - b.i : a.step.on < b.step.on ? -1 : 1)).map(({ step }) => step) };

async function upload(ctx: Context, kind: ImportKind, name: string, mode: ImportMode, poolCode?: string): Promise<void> {
  const file = new Uint8Array(await readFile(new URL(name, import.meta.url)));
  const { status, rowsRefused, errors } = await receiveImport(ctx, { kind, mode, poolCode, fileName: name, file });
  if (mode === 'all' && status !== 'done') throw new Error(`demonstration: ${name} refused ${rowsRefused} rows: ${JSON.stringify(errors[0])}`);
}

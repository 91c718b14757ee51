import { readFile } from 'node:fs/promises';
import type { Actor, Context } from '../../src/access/context.ts';
import type { Role } from '../../src/access/roles.ts';
import { LPR_DEMONSTRATION } from '../../src/calendar/lpr-table.ts';
import { nextPeriod, periodsBetween, type SettlementPeriod } from '../../src/calendar/settlement-period.ts';
import { attach } from '../../src/attachments/service.ts';
import type { AttachmentStore } from '../../src/files/attachments.ts';
import type { ImportKind } from '../../src/files/columns.ts';
import { draftClaim, submitClaim } from '../../src/compensation/claim-service.ts';
import { listClaims } from '../../src/compensation/list-service.ts';
import { CLAIM_PAPERS } from '../../src/compensation/papers-service.ts';
import { payClaim } from '../../src/compensation/payment-service.ts';
import { recordRecovery } from '../../src/compensation/recovery-service.ts';
import { approveClaim, confirmClaim, verifyClaim } from '../../src/compensation/review-service.ts';
import { recordGuarantee } from '../../src/guarantee/service.ts';
import { consent } from '../../src/loans/filing-service.ts';
import { listFilings, listLoans } from '../../src/loans/list-service.ts';
import { type ImportMode, receiveImport } from '../../src/loans/import-service.ts';
import { addPartnership, createInstitution } from '../../src/parties/institution-service.ts';
import { addLprQuote } from '../../src/policy/calendar-service.ts';
import { recordContribution } from '../../src/pool/contribution-service.ts';
import { createPool } from '../../src/pool/service.ts';
import { settleDue } from '../../src/settlement/service.ts';
import { bank } from './bank.ts';
import { INSTITUTIONS, PARTNERSHIPS, POOLS } from './parties.ts';
import { subsidies } from './subsidies.ts';

/** Who acts: a role, of which institution, and whether the second of two people. */
export type Cast = (role: Role, institution?: string, second?: boolean) => Promise<Actor>;

export interface Step {
  on: string;
  as: [role: Role, institution?: string, second?: boolean] | 'system';
  /** `papers`: where attachments are kept */
  does(ctx: Context, papers: AttachmentStore): Promise<unknown>;
}

const BEGINS = '2026-01-05';

/** Parties, pools, rates and enterprises: what is there before the first money comes. */
async function prologue(ctx: Context): Promise<void> {
  for (const institution of INSTITUTIONS) await createInstitution(ctx, institution);
  for (const pool of POOLS) await createPool(ctx, pool);
  for (const { party, pool } of PARTNERSHIPS) await addPartnership(ctx, party, { poolCode: pool, validFrom: '2026-01-01', document: '合作协议（示例）' });
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

const BAD_LOAN = 'SZSJJ202636414424';
/** The claim's papers in `papers/`, by their codes in the checklist. */
const PAPERS = {
  ...{ application: '补偿申请函', loanContract: '借款合同', debtor: '债务人基本情况', useProof: '贷款用途证明' },
  ...{ demand: '催收通知书', vouchers: '放款和还款凭证', account: '收款账户说明' },
};

/** The loan of 源微数据, due on 12 June and unpaid; the demand was made on 11 September, the 91st day. */
const CLAIM = {
  ...{ dueBillNo: BAD_LOAN, contractNo: 'SZSJK2026170896', poolCode: 'pingluo', currency: 'CNY' },
  ...{ enterpriseUscc: '91640221MA9556271K', enterpriseName: '宁夏源微数据服务有限公司' },
  ...{ unpaidPrincipal: '2390000.00', countedUnpaid: '2390000.00', requested: '1912000.00' },
  ...{ overdueSince: '2026-06-12', classification: 'substandard' as const, classifiedOn: '2026-09-11', demandedOn: '2026-09-11' },
  payee: { accountName: '石嘴山银行股份有限公司', bankName: '石嘴山银行股份有限公司', accountNo: '6402200100009981' },
};

/** The one loan of the 银川 pool behind which a guarantor stands, with its share of the bank's fifth. */
const GUARANTEE = {
  ...{ party: 'saishang-guarantee', role: 'guarantor' as const, percent: '20', contractNo: 'SSDB2026032201' },
  ...{ signedOn: '2026-03-22', annualRate: '1' },
};
const guaranteed: Step = {
  on: '2026-05-07',
  as: ['bank', 'ningxia-bank'],
  does: async (ctx) => {
    const { items } = await listLoans(ctx, { dueBillNo: 'NXBJJ202639368111' }, { take: 1 });
    await recordGuarantee(ctx, BigInt(items[0]!.id), GUARANTEE);
  },
};

/** One step of the claim, unless it has been taken. */
const claimed = (on: string, as: Step['as'], from: string, act: (ctx: Context, id: bigint, papers: AttachmentStore) => Promise<unknown>): Step => ({
  on,
  as,
  does: async (ctx, papers) => {
    const { items } = await listClaims(ctx, { dueBillNo: BAD_LOAN, status: from }, { take: 1 });
    for (const { id } of items) await act(ctx, BigInt(id), papers);
  },
});

async function handIn(ctx: Context, id: bigint, store: AttachmentStore): Promise<void> {
  for (const [paper, name] of Object.entries(PAPERS)) {
    const bytes = new Uint8Array(await readFile(new URL(`papers/${paper}.pdf`, import.meta.url)));
    await attach(ctx, { claim: CLAIM_PAPERS }, store, { subject: `claim:${id}`, paper, name: `${name}（示例材料）.pdf`, bytes });
  }
}

const recovered = (on: string, receiptNo: string, amount: string): Step => ({
  on,
  as: ['finance'],
  does: async (ctx) => {
    const { items } = await listClaims(ctx, { dueBillNo: BAD_LOAN }, { take: 1 });
    await recordRecovery(ctx, BigInt(items[0]!.id), { amount, cost: '0.00', basis: 'net', obtainedOn: '2026-10-16', receivedOn: on, receiptNo });
  },
});

/** Claimed, reviewed, approved by two, paid; and the first money comes back. */
const compensation: Step[] = [
  { on: '2026-09-14', as: ['bank', 'shizuishan-bank'], does: (ctx) => draftClaim(ctx, CLAIM) },
  claimed('2026-09-14', ['bank', 'shizuishan-bank'], 'draft', handIn),
  claimed('2026-09-14', ['bank', 'shizuishan-bank'], 'draft', submitClaim),
  claimed('2026-09-24', ['countyReviewer', 'pingluo-st'], 'submitted', (ctx, id) => verifyClaim(ctx, id, '材料齐全，情况属实')),
  claimed('2026-10-10', ['regionalReviewer', 'ningxia-st'], 'verified', (ctx, id) => approveClaim(ctx, id, { note: '同意' })),
  claimed('2026-10-10', ['regionalReviewer', 'ningxia-st', true], 'approved', confirmClaim),
  claimed('2026-10-15', ['finance'], 'confirmed', (ctx, id) => payClaim(ctx, id, { paidOn: '2026-10-15', voucherNo: '202600000002' })),
  recovered('2026-10-20', '202600000003', '60000.00'),
  recovered('2026-10-20', '202600000004', '60000.00'),
];

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
  guaranteed,
  settlements('2026-04'),
  filings('2026-05-20', 'bank-of-china', 'yinchuan', 'filings-bank-of-china-with-faults.csv', 'good'),
  consents('2026-05-25', 'yinchuan-st', 'bank-of-china'),
  reports('2026-05-26', 'bank-of-china', '2026-03', '2026-04'),
  ...routine,
  contribution('2026-10-09', 'pingluo', 'pingluo-st', '500000.00', '202600000001'),
  ...compensation,
  ...bank,
  ...subsidies,
];

/** What happened, in the order of its days. */
export const STORY = { begins: BEGINS, prologue, steps: steps.map((step, i) => ({ step, i })).sort((a, b) => (a.step.on === b.step.on ? a.i - b.i : a.step.on < b.step.on ? -1 : 1)).map(({ step }) => step) };

async function upload(ctx: Context, kind: ImportKind, name: string, mode: ImportMode, poolCode?: string): Promise<void> {
  const file = new Uint8Array(await readFile(new URL(name, import.meta.url)));
  const { status, rowsRefused, errors } = await receiveImport(ctx, { kind, mode, poolCode, fileName: name, file });
  if (mode === 'all' && status !== 'done') throw new Error(`demonstration: ${name} refused ${rowsRefused} rows: ${JSON.stringify(errors[0])}`);
}

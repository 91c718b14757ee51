import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from '../../access/context.ts';
import { DomainError } from '../../errors.ts';
import {
  exportBook,
  listAccounts,
  listEntries,
  type NamedEntry,
  trialBalanceOn,
  verifyBooks,
} from '../../ledger/service.ts';
import type { Totals } from '../../ledger/trial-balance.ts';
import { listInstitutions } from '../../parties/institution-service.ts';
import { listPools } from '../../pool/service.ts';
import { listBudgets } from '../../subsidies/budget-service.ts';
import { exportList } from '../export-list.ts';
import { answerList, zListQuery } from '../list.ts';
import { newRouter } from '../router.ts';
import { zCitation, zCode, zDate, zList, zMoney, zPeriod, zText } from '../schemas/common.ts';
import { answers, PROBLEMS } from './helpers.ts';
import { textFile } from './text-file.ts';

const zAccount = z
  .object({
    poolCode: z.string(),
    code: z.string().openapi({ description: '会计科目代码' }),
    name: z.string(),
    key: z.string().openapi({ description: '明细：专户账号、出资方或银行' }),
    normalSide: z.enum(['debit', 'credit']),
    offBalance: z.boolean(),
    balance: zMoney,
  })
  .openapi('LedgerAccount');
const zTotals = z.object({ totalDebit: zMoney, totalCredit: zMoney, difference: zMoney });
const zTrialBalance = zTotals
  .extend({
    asOf: zDate,
    rows: z.array(zAccount.extend({ debit: zMoney, credit: zMoney })),
    onBalance: zTotals,
    offBalance: zTotals,
  })
  .openapi('TrialBalance');
const zEntry = z
  .object({
    poolCode: z.string(),
    seq: z.number().int(),
    reference: z.string(),
    occurredOn: zDate,
    recordedAt: z.string(),
    kind: z.string(),
    memo: z.string(),
    cites: z.array(zCitation),
    belongsTo: zPeriod.nullable(),
    reverses: z.string().nullable(),
    reversedBy: z.string().nullable(),
    actor: z.string(),
    actorName: z.string().nullable(),
    hash: z.string(),
    lines: z.array(
      z.object({
        ...{ lineNo: z.number().int(), code: z.string(), name: z.string(), key: z.string(), offBalance: z.boolean() },
        ...{ side: z.enum(['debit', 'credit']), amount: zMoney, subject: z.string().nullable() },
      }),
    ),
  })
  .openapi('LedgerEntry');
const zVerification = z
  .object({
    ...{ valid: z.boolean(), entries: z.number().int(), head: z.string() },
    broken: z.array(
      z.object({
        ...{ poolCode: z.string(), seq: z.number().int().nullable(), reference: z.string().nullable() },
        ...{ lineNo: z.number().int().nullable(), problem: z.string(), detail: z.string() },
      }),
    ),
    books: z.array(
      z.object({
        ...{ poolCode: z.string(), name: z.string(), valid: z.boolean(), entries: z.number().int(), head: z.string() },
      }),
    ),
  })
  .openapi('LedgerVerification');

const zBook = zListQuery([])
  .pick({ format: true, columns: true })
  .extend({ poolCode: zCode.optional(), asOf: zDate.optional() });
const TITLES = {
  poolCode: '账套',
  code: '会计科目',
  name: '科目名称',
  key: '明细',
  normalSide: '余额方向',
  offBalance: '表外',
};
const ACCOUNTS_FILE = { name: '科目余额', row: zAccount, titles: TITLES };
/** As a file, the sums stand below the accounts. */
const TRIAL_FILE = {
  name: '试算平衡表',
  row: zAccount.omit({ balance: true, normalSide: true }).extend({ debit: zMoney, credit: zMoney }),
  titles: TITLES,
};
const sumRow = (name: string, { totalDebit, totalCredit }: Pick<Totals, 'totalDebit' | 'totalCredit'>) => ({
  name,
  debit: totalDebit,
  credit: totalCredit,
});
const zEntries = zListQuery(['seq', 'occurredOn']).extend({
  ...{
    poolCode: zCode.optional(),
    account: zText(20).optional(),
    key: zText().optional(),
    subject: zText().optional(),
  },
  ...{ kind: zText(40).optional(), reference: zText().optional(), belongsTo: zPeriod.optional() },
  ...{
    from: zDate.optional(),
    to: zDate.optional(),
    sort: z.enum(['seq', '-seq', 'occurredOn', '-occurredOn']).default('seq'),
  },
});
/** As a file, a row is one line of an entry. */
const ENTRIES_FILE = {
  name: '记账凭证',
  titles: { seq: '凭证号', key: '明细', subject: '借据号', poolCode: '账套' },
  row: z.object({
    ...{ poolCode: z.string(), seq: z.number(), occurredOn: zDate, reference: z.string(), kind: z.string() },
    ...{ memo: z.string(), lineNo: z.number(), account: z.string(), accountTitle: z.string(), key: z.string() },
    ...{ debit: zMoney.nullable(), credit: zMoney.nullable(), subject: z.string().nullable() },
    ...{ belongsTo: zPeriod.nullable(), reverses: z.string().nullable(), reversedBy: z.string().nullable() },
    ...{ recordedAt: z.string(), actorName: z.string().nullable(), hash: z.string() },
  }),
  rowsOf: ({ lines, ...entry }: NamedEntry) =>
    lines.map(({ lineNo, code, name, key, side, amount, subject }) => {
      const [debit, credit] = side === 'debit' ? [amount, null] : [null, amount];
      return { ...entry, lineNo, account: code, accountTitle: name, key, debit, credit, subject };
    }),
};
const zAnchor = z.object({
  poolCode: zCode.optional(),
  entries: z.coerce.number().int().min(1).optional().openapi({ description: '单据所印凭证笔数，与 head 同用' }),
  head: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: '账套头应为 64 位十六进制' })
    .optional(),
});
const zExport = z.object({
  poolCode: zCode,
  format: z.enum(['hledger', 'ledger', 'beancount']).default('hledger'),
  ...{ from: zDate.optional(), to: zDate.optional() },
});
type File = { format: 'json' | 'xlsx' | 'csv'; columns?: string };
const isFile = (file: File): file is File & { format: 'xlsx' | 'csv' } => file.format !== 'json';
/** The file of a past day says which in its name. */
const asOfDay = <F extends { name: string }>(file: F, asOf: string | undefined): F =>
  asOf ? { ...file, name: `${file.name}（截至 ${asOf}）` } : file;
const whole =
  <T>(items: T[]) =>
  async () => ({ items, total: items.length, nextCursor: null });
/** What stands for a row of a book in a file that people read: the book and whom it is about by their names, an account's number as it is. */
async function inNames(ctx: Context): Promise<<R extends { poolCode: string; key: string }>(row: R) => R> {
  const [pools, budgets, institutions] = await Promise.all([
    listPools(ctx),
    listBudgets(ctx, {}),
    listInstitutions(ctx, {}, { take: 1_000 }),
  ]);
  const names = (items: { code: string; name: string }[]) => new Map(items.map(({ code, name }) => [code, name]));
  const [books, parties] = [names([...pools, ...budgets]), names(institutions.items)];
  return (row) => ({
    ...row,
    poolCode: books.get(row.poolCode) ?? row.poolCode,
    key: parties.get(row.key) ?? row.key,
  });
}
const tags = ['总账'];
const SIDES = { D: 'debit', C: 'credit' } as const;
const named = <T extends { normalSide: 'D' | 'C' }>(account: T) => ({
  ...account,
  normalSide: SIDES[account.normalSide],
});

/** 总账: accounts, entries, trial balance, verification, and journals for other programs. Read only: entries come from use cases. */
export const ledger = newRouter()
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/ledger/accounts', tags, summary: '会计科目与某日余额', request: { query: zBook } },
      responses: answers(200, zList(zAccount), '科目'),
    }),
    async (c) => {
      const { poolCode, asOf, ...file } = c.req.valid('query');
      const items = (await listAccounts(c.get('ctx'), poolCode, asOf)).map(named);
      if (isFile(file)) {
        const rows = items.map(await inNames(c.get('ctx')));
        return (await exportList(c, file, asOfDay(ACCOUNTS_FILE, asOf), whole(rows))) as never;
      }
      return c.json({ items, total: items.length, nextCursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/ledger/entries', tags, summary: '记账凭证', request: { query: zEntries } },
      responses: answers(200, zList(zEntry), '凭证'),
    }),
    async (c) => {
      const { sort, ...query } = c.req.valid('query');
      const named = isFile(query) && (await inNames(c.get('ctx')));
      const file = named
        ? { ...ENTRIES_FILE, rowsOf: (entry: NamedEntry) => ENTRIES_FILE.rowsOf(entry).map(named) }
        : ENTRIES_FILE;
      return answerList(c, query, file, (filter, ask) => listEntries(c.get('ctx'), filter, { ...ask, sort }));
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/ledger/trial-balance', tags, summary: '试算平衡表', request: { query: zBook } },
      responses: answers(200, zTrialBalance, '试算平衡表'),
    }),
    async (c) => {
      const { poolCode, asOf, ...file } = c.req.valid('query');
      const { rows, ...totals } = await trialBalanceOn(c.get('ctx'), poolCode, asOf);
      if (isFile(file)) {
        const lines = rows.map(await inNames(c.get('ctx')));
        const sums = [
          sumRow('表内合计', totals.onBalance),
          sumRow('表外合计', totals.offBalance),
          sumRow('合计', totals),
        ];
        return (await exportList(c, file, asOfDay(TRIAL_FILE, totals.asOf), whole([...lines, ...sums]))) as never;
      }
      return c.json({ ...totals, rows: rows.map(named) }, 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/ledger/verify', tags, summary: '核验账簿是否被改动', request: { query: zAnchor } },
      responses: answers(200, zVerification, '核验结果'),
    }),
    async (c) => {
      const { poolCode, entries, head } = c.req.valid('query');
      if ((entries === undefined) !== (head === undefined)) {
        throw new DomainError('ANCHOR_INCOMPLETE', '核对单据所印账套头须同时给出 entries 与 head');
      }
      const anchor = entries !== undefined && head !== undefined ? { entries, head } : undefined;
      return c.json(await verifyBooks(c.get('ctx'), poolCode, anchor), 200);
    },
  )
  .openapi(
    createRoute({
      ...{ method: 'get', path: '/ledger/export', tags, summary: '导出账簿（hledger、Ledger、beancount）' },
      request: { query: zExport },
      responses: { 200: { description: '账簿', content: { 'text/plain': { schema: z.string() } } }, ...PROBLEMS },
    }),
    async (c) => {
      const { poolCode, format, from, to } = c.req.valid('query');
      const { name, pieces } = await exportBook(c.get('ctx'), poolCode, format, { from, to });
      return textFile(name, pieces);
    },
  );

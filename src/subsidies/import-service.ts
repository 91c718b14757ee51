import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { Column, RowValues } from '../files/columns.ts';
import { convertTable } from '../files/convert.ts';
import { mapTable } from '../files/map-table.ts';
import { readTable } from '../files/read-table.ts';
import { PREMIUM_COLUMNS, VOUCHER_COLUMNS } from '../files/subsidy-columns.ts';
import type { Prisma } from '../generated/node/client.ts';
import { foldName } from '../parties/uscc.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { areasOf, takenUses } from './facts-store.ts';
import { type FromFile, interestOf, premiumsOf, type ReadRow } from './import-rows.ts';
import { judgedColumns, judgeMany, plain } from './judge-service.ts';
import { type ApplicationRequest, contentOf, USE_LABELS, usesOf } from './request.ts';
import { happened, lineRows, takeUses, writePayees } from './store.ts';
import { type ApplicationItem, itemViews } from './view-service.ts';

/** What a file of applications brought. */
export interface ImportedApplications {
  rowsRead: number;
  /** of the file, whether new or there already */
  applications: ApplicationItem[];
  created: number;
}

export type SubsidyFile = 'premiums' | 'interestVouchers';

/**
 * Takes the paper applications of a batch from a file (保费明细, 付息凭证明细): one application an enterprise, received today in the order of the file. All
 * rows or none. Whoever is not eligible is taken too, with what stands against it, so that it is refused by its article. The same file again adds nothing.
 * @throws DomainError IMPORT_REFUSED (422) with every row's faults
 */
export async function importApplications(
  ctx: Context,
  input: { scheme: string; kind: SubsidyFile; file: Uint8Array },
): Promise<ImportedApplications> {
  permit(ctx, 'subsidy.import');
  const scheme = schemeByCode(input.scheme);
  const { rowsRead, items } = await readFile(input);
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`subsidy-import:${scheme.code}`}, 0))`;
    const requests = items.map((item) => ({ ...item, request: requestOf(scheme.code, item) }));
    const known = await tx.subsidyApplication.findMany({
      where: {
        content: { in: requests.map((r) => contentOf(r.request)) },
      },
    });
    const before = new Set(known.map((row) => `${row.enterpriseUscc} ${row.content}`));
    const fresh = requests.filter((r) => !before.has(`${r.uscc} ${contentOf(r.request)}`));
    await refuseUnknown(tx, fresh);
    await refuseUsed(tx, fresh);
    const rows = fresh.length > 0 ? await keep(tx, ctx, scheme.code, fresh) : [];
    return { rowsRead, applications: await itemViews(tx, ctx, [...known, ...rows]), created: rows.length };
  });
}

async function readFile({ kind, file }: { kind: SubsidyFile; file: Uint8Array }) {
  const table = await readTable(file);
  if (kind === 'premiums') {
    const { rows } = convertTable(mapTable(table, PREMIUM_COLUMNS));
    return { rowsRead: rows.length, items: premiumsOf(complete<typeof PREMIUM_COLUMNS>(rows)) };
  }
  const { rows } = convertTable(mapTable(table, VOUCHER_COLUMNS));
  const { items, faults } = interestOf(complete<typeof VOUCHER_COLUMNS>(rows));
  refuse(faults);
  return { rowsRead: rows.length, items };
}

function complete<C extends readonly Column[]>(
  rows: readonly { row: number; seq?: string; complete?: RowValues<C>; faults: Fault[] }[],
): ReadRow<RowValues<C>>[] {
  refuse(rows.flatMap(({ faults }) => faults));
  return rows.map(({ row, seq, complete: values }) => ({ row, seq, values: values! }));
}

/** The pledge is on the paper that was handed in; the account is told before money is sent. */
function requestOf(scheme: string, { name, lines }: FromFile): ApplicationRequest {
  return { scheme, lines, payee: { accountName: name, bankName: '', accountNo: '' }, pledged: true };
}

type Fresh = FromFile & { request: ApplicationRequest };

async function refuseUnknown(tx: Tx, all: Fresh[]): Promise<void> {
  const rows = await tx.enterprise.findMany({ where: { uscc: { in: all.map((one) => one.uscc) } } });
  const names = new Map(rows.map((row) => [row.uscc, row.foldedName]));
  refuse(
    all.flatMap(({ uscc, name, row }): Fault[] => {
      const held = names.get(uscc);
      if (held === undefined)
        return [{ code: 'ENTERPRISE_UNKNOWN', field: 'uscc', value: uscc, row, message: `没有登记企业「${uscc}」` }];
      if (held === foldName(name)) return [];
      return [{ code: 'NAME_DIFFERS', field: 'name', value: name, row, message: `企业名称与登记的不一致：${name}` }];
    }),
  );
}

async function refuseUsed(tx: Tx, all: Fresh[]): Promise<void> {
  const uses = all.flatMap(({ uscc, lines, row }) => usesOf(uscc, lines).map((use) => ({ ...use, row })));
  const taken = new Set((await takenUses(tx, uses, null)).map(({ kind, key }) => `${kind} ${key}`));
  const seen = new Set<string>();
  refuse(
    uses.flatMap(({ kind, key, row }): Fault[] => {
      const name = `${kind} ${key}`;
      const twice = seen.has(name);
      seen.add(name);
      if (!taken.has(name) && !twice) return [];
      const value = key.split('|').at(-1)!;
      const where = twice ? '在文件中由两户企业使用' : '已用于其他补贴申请';
      return [{ code: 'USED_BEFORE', field: kind, value, row, message: `${USE_LABELS[kind]}「${value}」${where}` }];
    }),
  );
}

/** @throws DomainError IMPORT_REFUSED (422), with every fault */
function refuse(faults: Fault[]): void {
  if (faults.length === 0) return;
  const message = `文件有 ${faults.length} 处不符合要求，一行也没有接收：${faults[0]!.message}`;
  throw new DomainError('IMPORT_REFUSED', message, { errors: faults });
}

async function keep(tx: Tx, ctx: Context, code: string, fresh: Fresh[]) {
  const scheme = schemeByCode(code);
  const { added } = await rulebook(tx);
  const batch = scheme.batches.apply(valueOn(scheme.batches, ctx.today, added).value, ctx.today);
  const judged = await judgeMany(
    tx,
    scheme,
    fresh.map(({ uscc, request }) => ({ id: null, uscc, request, appliedOn: ctx.today, year: batch.year })),
  );
  const areas = await areasOf(
    tx,
    fresh.map(({ uscc }) => uscc),
  );
  const places = await tx.$queryRaw<{ no: bigint }[]>`
    SELECT nextval('subsidy_received_no') AS no FROM generate_series(1, ${fresh.length})`;
  const today = dateToDb(ctx.today);
  const data = fresh.map(
    ({ uscc, name, request }, i): Prisma.SubsidyApplicationCreateManyInput => ({
      ...{ schemeCode: code, year: batch.year, batchNo: batch.batch, status: 'submitted', origin: 'import' },
      ...{ enterpriseUscc: uscc, enterpriseName: name, poolCode: areas.get(uscc) ?? null, content: contentOf(request) },
      ...{ request: plain({ ...request }) as object, ...judgedColumns(judged[i]!) },
      ...{ appliedOn: today, submittedOn: today, receivedNo: places[i]!.no, createdBy: ctx.actor.id, createdOn: today },
    }),
  );
  const rows = await tx.subsidyApplication.createManyAndReturn({ data });
  const byUscc = new Map(rows.map((row) => [row.enterpriseUscc, row]));
  const own = fresh.map(({ uscc }) => byUscc.get(uscc)!);
  await tx.subsidyLine.createMany({ data: own.flatMap((row, i) => lineRows(row, judged[i]!)) });
  await takeUses(
    tx,
    own.map((row, i) => ({ row, uses: usesOf(row.enterpriseUscc, fresh[i]!.lines) })),
  );
  await happened(tx, ctx, own, 'imported');
  await audit(tx, ctx, {
    ...{ action: 'subsidy.import', subject: `subsidyScheme:${code}` },
    after: { applications: own.length, appliedOn: dateFromDb(today) },
  });
  return own;
}

/**
 * Tells to which accounts enterprises are to be paid (收款账户), where the applications came without. The account is in the enterprise's own name.
 * @throws DomainError NOT_FOUND (404), PAYEE_DIFFERS (422), PAYEE_STEP (409) once the money was ordered
 */
export async function tellPayees(
  ctx: Context,
  payees: { id: bigint; accountName: string; bankName: string; accountNo: string }[],
): Promise<void> {
  permit(ctx, 'subsidy.import');
  await inTransaction(ctx, async (tx) => {
    const rows = await tx.subsidyApplication.findMany({ where: { id: { in: payees.map(({ id }) => id) } } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const ordered = await tx.subsidyPayment.findFirst({ where: { applicationId: { in: rows.map(({ id }) => id) } } });
    if (ordered) {
      const message = `补贴申请 ${ordered.applicationId} 已下达资金，不能再改收款账户`;
      throw new DomainError('PAYEE_STEP', message, { status: 409 });
    }
    for (const { id, accountName } of payees) {
      const row = byId.get(id);
      if (!row) throw new DomainError('NOT_FOUND', '没有这项补贴申请', { status: 404 });
      if (foldName(accountName) !== foldName(row.enterpriseName))
        throw new DomainError('PAYEE_DIFFERS', `收款户名应与企业名称「${row.enterpriseName}」一致`);
    }
    await writePayees(tx, payees);
    await audit(tx, ctx, {
      action: 'subsidy.tellPayees',
      subject: 'subsidyApplications',
      after: { count: payees.length },
    });
  });
}

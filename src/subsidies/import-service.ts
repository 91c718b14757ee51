import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { Column, RowValues } from '../files/columns.ts';
import { convertTable } from '../files/convert.ts';
import type { Mapping } from '../files/headings.ts';
import { mapTable } from '../files/map-table.ts';
import { readTable } from '../files/read-table.ts';
import { PREMIUM_COLUMNS, VOUCHER_COLUMNS } from '../files/subsidy-columns.ts';
import type { Prisma } from '../generated/node/client.ts';
import { foldName } from '../parties/uscc.ts';
import { valueOn } from '../policy/clause.ts';
import { SUBSIDY_KINDS, type SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import type { Scheme } from '../policy/scheme.ts';
import { rulebook } from '../policy/store.ts';
import { areasOf, takenUses } from './facts-store.ts';
import { type FromFile, interestOf, premiumsOf, type ReadRow } from './import-rows.ts';
import { judgedColumns, judgeMany, plain } from './judge-service.ts';
import { accountOf } from './payee-service.ts';
import { type ApplicationRequest, contentOf, paidAfter, repeatedUses, USE_LABELS, usesOf } from './request.ts';
import { happened, lineRows, lockApplications, requestOf as requestIn, takeUses, writePayees } from './store.ts';
import { type ApplicationItem, itemViews } from './view-service.ts';

/** What a file of applications brought. Refused rows name row, field, value and, where a clause decides, the article. */
export interface ImportedApplications {
  rowsRead: number;
  rowsAccepted: number;
  rowsRefused: number;
  errors: Fault[];
  /** what was not read of the file, and totals that are not the sum of their rows */
  warnings: Fault[];
  /** of the file, the new ones and those that were there already */
  applications: (ApplicationItem & { isNew: boolean })[];
  created: number;
}

export type SubsidyFile = 'premiums' | 'interestVouchers';

/** The kind of cost that a kind of file is of. */
const COST_OF = { premiums: 'premium', interestVouchers: 'interest' } as const satisfies Record<
  SubsidyFile,
  SubsidyKind
>;

interface NewFile {
  scheme: string;
  kind: SubsidyFile;
  file: Uint8Array;
  /** what the sender says of headings that we do not know */
  mapping?: Mapping;
  /** `all`: one fault keeps every row out; `good`: enterprises whose rows are all sound are taken */
  mode?: 'all' | 'good';
}

/**
 * Takes the paper applications of a batch from a file (保费明细, 付息凭证明细): one application an enterprise, received today in the order of the file. An
 * enterprise is taken whole or not at all. Whoever is not eligible is taken too, with what stands against it, so that it is refused by its article. The
 * same file again adds nothing.
 * @throws DomainError SUBSIDY_KIND_UNKNOWN (422) where the scheme does not know such costs, IMPORT_REFUSED (422) with every row's faults, where all were to be taken
 */
export async function importApplications(ctx: Context, input: NewFile): Promise<ImportedApplications> {
  permit(ctx, 'subsidy.import');
  const scheme = schemeByCode(input.scheme);
  if (!scheme.lines[COST_OF[input.kind]]) {
    const message = `${scheme.document.title}没有规定${SUBSIDY_KINDS[COST_OF[input.kind]]}`;
    throw new DomainError('SUBSIDY_KIND_UNKNOWN', message);
  }
  const { rowsRead, items, faults, spoiled, warnings } = await readFile(input);
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`subsidy-import:${scheme.code}`}, 0))`;
    const requests = items.map((item) => ({ ...item, request: requestOf(scheme.code, item) }));
    const asked = new Map(requests.map((r) => [`${r.uscc} ${contentOf(r.request)}`, r]));
    const same = await tx.subsidyApplication.findMany({
      where: { content: { in: requests.map((r) => contentOf(r.request)) } },
    });
    const known = same.filter((row) => asked.has(`${row.enterpriseUscc} ${row.content}`));
    const before = new Set(known.map((row) => `${row.enterpriseUscc} ${row.content}`));
    const fresh = [...asked].flatMap(([key, request]) => (before.has(key) ? [] : [request]));
    const later = fresh.flatMap(({ lines, lineRows }) =>
      paidAfter(lines, ctx.today).map(
        ({ line, field, value, message }): Fault => ({
          ...{ code: 'PAID_LATER', field: 'paidOn', value, message, row: rowOf(lineRows[line]!, field) },
        }),
      ),
    );
    const used = await usedBefore(tx, ctx, scheme, fresh);
    const found = [...faults, ...later, ...(await namedWrong(tx, fresh)), ...used].sort(byRow);
    if (input.mode !== 'good') refuse(found);
    const { good, errors } = sound(fresh, found, spoiled);
    const rows = good.length > 0 ? await keep(tx, ctx, scheme.code, good) : [];
    const rowsRefused = new Set(errors.map(({ row }) => row)).size;
    const views = await itemViews(tx, ctx, [...rows, ...known]);
    return {
      ...{ rowsRead, rowsAccepted: rowsRead - rowsRefused, rowsRefused, errors, warnings },
      ...{ applications: views.map((item, i) => ({ ...item, isNew: i < rows.length })), created: rows.length },
    };
  });
}

/** The row of a line, of its voucher where the field is one of them: `vouchers.2.paidOn`. */
const rowOf = (rows: number[], field: string): number => rows[Number(field.split('.')[1] ?? 0)]!;

const byRow = (a: Fault, b: Fault): number => (a.row ?? 0) - (b.row ?? 0);

/**
 * Enterprises none of whose rows has a fault; the other rows of those that have are refused with them. A row under a wrong code is its enterprise's by the
 * name it says: nobody is taken without it.
 */
function sound(fresh: Fresh[], found: Fault[], spoiled: Spoiled): { good: Fresh[]; errors: Fault[] } {
  const faulty = new Set(found.map(({ row }) => row));
  const named = fresh
    .filter(({ rows }) => rows.some(({ row }) => faulty.has(row)))
    .flatMap(({ rows }) => rows.map(({ name }) => foldName(name)));
  const names = new Set([...spoiled.names, ...named]);
  const bad = fresh.filter(
    ({ uscc, rows }) =>
      spoiled.usccs.has(uscc) || rows.some(({ row, name }) => faulty.has(row) || names.has(foldName(name))),
  );
  const beside = bad.flatMap(({ uscc, rows }) =>
    rows
      .filter(({ row }) => !faulty.has(row))
      .map(({ row }) => ({
        ...{ code: 'APPLICATION_INCOMPLETE', field: 'uscc', value: uscc, row },
        message: '同一企业的其他行有误，整份申请没有接收',
      })),
  );
  const errors = [...found, ...beside].sort(byRow);
  return { good: fresh.filter((one) => !bad.includes(one)), errors };
}

/** Enterprises that rows with faults name, by their codes and by their names as they are compared. */
interface Spoiled {
  usccs: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

/** Rows as they were read; those with faults stand aside, and so do the enterprises (`spoiled`) that they name. */
async function readFile({ kind, file, mapping }: NewFile) {
  const table = { ...(await readTable(file)), mapping };
  if (kind === 'premiums') {
    const { rows, warnings } = convertTable(mapTable(table, PREMIUM_COLUMNS));
    const { whole, ...more } = separate<typeof PREMIUM_COLUMNS>(rows);
    return { ...more, items: premiumsOf(whole), warnings };
  }
  const { rows, warnings } = convertTable(mapTable(table, VOUCHER_COLUMNS));
  const { whole, rowsRead, ...more } = separate<typeof VOUCHER_COLUMNS>(rows);
  const { items, faults } = interestOf(whole);
  return { rowsRead, items, faults: [...more.faults, ...faults], spoiled: more.spoiled, warnings };
}

function separate<C extends readonly Column[]>(
  rows: readonly {
    row: number;
    seq?: string;
    complete?: RowValues<C>;
    faults: Fault[];
    values: { uscc?: string; name?: string };
  }[],
) {
  const whole = rows.flatMap(({ row, seq, complete }): ReadRow<RowValues<C>>[] =>
    complete ? [{ row, seq, values: complete }] : [],
  );
  const broken = rows.filter(({ complete }) => !complete).map(({ values }) => values);
  const spoiled: Spoiled = {
    usccs: new Set(broken.flatMap(({ uscc }) => uscc ?? [])),
    names: new Set(broken.flatMap(({ name }) => (name ? foldName(name) : []))),
  };
  return { rowsRead: rows.length, whole, faults: rows.flatMap((row) => row.faults), spoiled };
}

/** The pledge is on the paper that was handed in; the account is told before money is sent. */
function requestOf(scheme: string, { name, lines }: FromFile): ApplicationRequest {
  return { scheme, lines, payee: { accountName: name, bankName: '', accountNo: '' }, pledged: true };
}

type Fresh = FromFile & { request: ApplicationRequest };

async function namedWrong(tx: Tx, all: Fresh[]): Promise<Fault[]> {
  const known = await tx.enterprise.findMany({ where: { uscc: { in: all.map((one) => one.uscc) } } });
  const names = new Map(known.map((row) => [row.uscc, row.foldedName]));
  return all.flatMap(({ uscc, rows }): Fault[] => {
    const held = names.get(uscc);
    if (held === undefined) {
      const fault = { code: 'ENTERPRISE_UNKNOWN', field: 'uscc', value: uscc };
      return [{ ...fault, row: rows[0]!.row, message: `没有登记企业「${uscc}」，请先登记` }];
    }
    return rows
      .filter(({ name }) => foldName(name) !== held)
      .map(({ row, name }) => ({
        ...{ code: 'NAME_DIFFERS', field: 'name', value: name, row },
        message: `企业名称与登记的不一致：${name}`,
      }));
  });
}

/** What is in use by another application, by two enterprises of the file or by two lines of one; nothing counts twice, by the clause on papers. */
async function usedBefore(tx: Tx, ctx: Context, scheme: Scheme, all: Fresh[]): Promise<Fault[]> {
  const { citation } = valueOn(scheme.papers, ctx.today, (await rulebook(tx)).added);
  const uses = all.flatMap(({ uscc, lines, lineRows }) => {
    const own = lines.flatMap((line, i) =>
      usesOf(uscc, [line]).map((use) => ({ ...use, uscc, row: lineRows[i]![0]! })),
    );
    // Several lines of one enterprise may share an invoice.
    return own.filter(({ kind, key }, i) => own.findIndex((other) => other.kind === kind && other.key === key) === i);
  });
  const taken = new Set((await takenUses(tx, uses, null)).map(({ kind, key }) => `${kind} ${key}`));
  const seen = new Set<string>();
  const repeated = all.flatMap(({ uscc, lines, lineRows }) =>
    repeatedUses(uscc, lines).map(({ kind, key, place, first }): Fault => {
      const [value, row] = [key.split('|').at(-1)!, lineRows[place - 1]![0]!];
      const message = `${USE_LABELS[kind]}「${value}」在第 ${lineRows[first - 1]![0]} 行已经申报，不得重复申报`;
      return { code: 'USED_TWICE', field: kind, value, row, message, cites: [citation] };
    }),
  );
  const before = uses.flatMap(({ kind, key, row }): Fault[] => {
    const name = `${kind} ${key}`;
    const twice = seen.has(name);
    seen.add(name);
    if (!taken.has(name) && !twice) return [];
    const value = key.split('|').at(-1)!;
    const where = twice ? '在文件中由两户企业使用' : '已用于其他补贴申请';
    const message = `${USE_LABELS[kind]}「${value}」${where}，不得重复申报`;
    return [{ code: 'USED_BEFORE', field: kind, value, row, message, cites: [citation] }];
  });
  return [...repeated, ...before];
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
    const rows = await lockApplications(
      tx,
      payees.map(({ id }) => id),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const ordered = await tx.subsidyPayment.findFirst({ where: { applicationId: { in: rows.map(({ id }) => id) } } });
    if (ordered) {
      const message = `补贴申请 ${ordered.applicationId} 已下达资金，不能再改收款账户`;
      throw new DomainError('PAYEE_STEP', message, { status: 409 });
    }
    for (const { id, accountName } of payees) {
      const row = byId.get(id)!;
      if (foldName(accountName) !== foldName(row.enterpriseName))
        throw new DomainError('PAYEE_DIFFERS', `收款户名应与企业名称「${row.enterpriseName}」一致`);
    }
    await writePayees(tx, payees);
    const told = payees.map(({ id, bankName, accountNo }) => ({
      ...{ action: 'subsidy.tellPayees', subject: `subsidyApplication:${id}` },
      before: accountOf(requestIn(byId.get(id)!).payee),
      after: accountOf({ bankName, accountNo }),
    }));
    await audit(tx, ctx, ...told);
  });
}

import { audit } from '../access/audit.ts';
import { type Context, permit, scopeOf } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { type Condition, chinese, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import { readAccount } from '../files/text-cells.ts';
import type { BankAccount, Institution, Partnership } from '../generated/node/client.ts';
import { codeDoubts, INSTITUTION_KINDS, type InstitutionKind, includes, overlaps } from './institution.ts';
import { foldName } from './uscc.ts';

export interface InstitutionView {
  code: string;
  name: string;
  kind: string;
  kindLabel: string;
  uscc: string | null;
  cnaps: string | null;
}

export interface PartnershipView {
  id: string;
  institutionCode: string;
  poolCode: string | null;
  validFrom: LocalDate;
  validTo: LocalDate | null;
  document: string;
  active: boolean;
}

export interface AccountView {
  id: string;
  institutionCode: string;
  accountNo: string;
  accountName: string;
  bankName: string;
  cnaps: string | null;
}

/** `accounts` is null for whoever is neither of the institution nor of the staff. */
export type InstitutionDetail = InstitutionView & { partnerships: PartnershipView[]; accounts: AccountView[] | null };

type Created<T> = { created: boolean; warnings: Fault[] } & T;

export interface NewInstitution {
  code: string;
  name: string;
  kind: InstitutionKind;
  uscc?: string | null;
  cnaps?: string | null;
}

/**
 * Registers an institution of any kind. The same code with the same content answers the same.
 * @throws DomainError USCC_INVALID (422), INSTITUTION_CONFLICT (409)
 */
export async function createInstitution(
  ctx: Context,
  input: NewInstitution,
): Promise<Created<{ institution: InstitutionView }>> {
  permit(ctx, 'institution.write');
  const { faults, warnings } = codeDoubts(input);
  if (faults.length > 0) throw new DomainError(faults[0]!.code, faults[0]!.message, { errors: faults });
  const { code, name, kind, uscc = null, cnaps = null } = input;
  const data = { code, name, kind, uscc, cnaps };
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.institution.createMany({ data, skipDuplicates: true });
    const row = await tx.institution.findUniqueOrThrow({ where: { code } });
    if (count === 0 && !isSame(row, data))
      throw new DomainError('INSTITUTION_CONFLICT', `机构代码「${code}」已登记为「${row.name}」，内容不同`, {
        status: 409,
      });
    if (count > 0) await audit(tx, ctx, { action: 'institution.create', subject: `institution:${code}`, after: data });
    return { created: count > 0, warnings, institution: toView(row) };
  });
}

const INSTITUTIONS: Listing = {
  from: 'institution i',
  key: { sql: 'i.code', type: 'text' },
  fields: {
    code: { sql: 'i.code', type: 'text' },
    name: { sql: chinese('i.name'), type: 'text' },
    kind: { sql: 'i.kind', type: 'text' },
    uscc: { sql: 'i.uscc', type: 'text', nullable: true },
    cnaps: { sql: 'i.cnaps', type: 'text', nullable: true },
  },
  search: ['i.code', 'i.name', 'i.uscc', 'i.cnaps'],
  order: 'code',
};
/** What institutions may be put in order by. */
export const INSTITUTION_SORTS = Object.keys(INSTITUTIONS.fields);

/** Institutions of one kind or all, by code when no other order is asked for. */
export async function listInstitutions(
  ctx: Context,
  filter: { kind?: InstitutionKind; name?: string },
  ask: ListAsk,
): Promise<Listed<InstitutionView>> {
  permit(ctx, 'institution.read');
  const conditions: Condition[] = [
    ['i.kind = ?', filter.kind],
    ['position(? IN i.name) > 0', filter.name],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: codes, ...page } = await readKeys(tx, INSTITUTIONS, conditions, ask);
    const rows = await tx.institution.findMany({ where: { code: { in: codes } } });
    return { ...page, items: inOrder(codes, rows, ({ code }) => code).map(toView) };
  });
}

/** An institution with its partnerships, active or not on a day, and its bank accounts. @throws DomainError NOT_FOUND (404) */
export async function findInstitution(
  ctx: Context,
  code: string,
  asOf: LocalDate = ctx.today,
): Promise<InstitutionDetail> {
  permit(ctx, 'institution.read');
  return inTransaction(ctx, async (tx) => {
    const row = await institutionOf(tx, code);
    const partnerships = await tx.partnership.findMany({
      where: { institutionCode: code },
      orderBy: [{ validFrom: 'asc' }, { id: 'asc' }],
    });
    const mayKnow = scopeOf(ctx.actor).scope === 'all' || ctx.actor.institution === code;
    const accounts = mayKnow
      ? await tx.bankAccount.findMany({ where: { institutionCode: code }, orderBy: { accountNo: 'asc' } })
      : null;
    return {
      ...toView(row),
      partnerships: partnerships.map((p) => partnershipView(p, asOf)),
      accounts: accounts?.map(accountView) ?? null,
    };
  });
}

export interface NewPartnership {
  /** left out: every pool */
  poolCode?: string | null;
  validFrom: LocalDate;
  validTo?: LocalDate | null;
  /** the agreement or notice it rests on */
  document: string;
}

/**
 * 合作期: from when to when an institution is a partner of a pool, or of every pool. The same again answers the same.
 * @throws DomainError PARTNERSHIP_OVERLAPS (409), PARTNERSHIP_DATES (422), POOL_UNKNOWN (422), NOT_FOUND (404)
 */
export async function addPartnership(
  ctx: Context,
  code: string,
  input: NewPartnership,
): Promise<{ created: boolean; partnership: PartnershipView }> {
  permit(ctx, 'institution.write');
  const { poolCode = null, validFrom, validTo = null, document } = input;
  if (validTo && validTo < validFrom)
    throw new DomainError('PARTNERSHIP_DATES', `合作期止 ${validTo} 早于合作期起 ${validFrom}`);
  return inTransaction(ctx, async (tx) => {
    await lockInstitution(tx, code);
    if (poolCode && !(await tx.pool.findUnique({ where: { code: poolCode } })))
      throw new DomainError('POOL_UNKNOWN', `没有资金池「${poolCode}」`);
    const wanted = { poolCode, validFrom, validTo, document };
    const known = (await tx.partnership.findMany({ where: { institutionCode: code } })).map((p) =>
      partnershipView(p, ctx.today),
    );
    const before = known.find((p) => isSame(p, wanted));
    if (before) return { created: false, partnership: before };
    const other = known.find((p) => overlaps(p, wanted));
    if (other) {
      const period = `${other.validFrom} 至 ${other.validTo ?? '未定'}`;
      throw new DomainError('PARTNERSHIP_OVERLAPS', `合作期与已登记的合作期（${period}）重叠，请先终止原合作期`, {
        status: 409,
      });
    }
    const data = {
      institutionCode: code,
      poolCode,
      document,
      validFrom: dateToDb(validFrom),
      validTo: validTo && dateToDb(validTo),
    };
    const row = await tx.partnership.create({ data });
    await audit(tx, ctx, {
      action: 'partnership.create',
      subject: `institution:${code}`,
      after: { id: row.id, ...wanted },
    });
    return { created: true, partnership: partnershipView(row, ctx.today) };
  });
}

/** Ends a partnership on a day that is its last; it may be ended earlier, never prolonged. @throws DomainError PARTNERSHIP_ENDED (409), PARTNERSHIP_DATES (422) */
export async function endPartnership(
  ctx: Context,
  code: string,
  id: string,
  input: { validTo: LocalDate; reason: string },
): Promise<PartnershipView> {
  permit(ctx, 'institution.write');
  const { validTo, reason } = input;
  return inTransaction(ctx, async (tx) => {
    await lockInstitution(tx, code);
    const row = await tx.partnership.findFirst({ where: { id, institutionCode: code } });
    if (!row) throw new DomainError('NOT_FOUND', '没有这段合作期', { status: 404 });
    const before = partnershipView(row, ctx.today);
    if (before.validTo === validTo) return before;
    if (before.validTo && before.validTo < validTo) {
      throw new DomainError('PARTNERSHIP_ENDED', `该合作期已于 ${before.validTo} 终止，如续签请另行登记`, {
        status: 409,
      });
    }
    if (validTo < before.validFrom)
      throw new DomainError('PARTNERSHIP_DATES', `终止日 ${validTo} 早于合作期起 ${before.validFrom}`);
    const after = await tx.partnership.update({ where: { id }, data: { validTo: dateToDb(validTo) } });
    await audit(tx, ctx, {
      action: 'partnership.end',
      subject: `institution:${code}`,
      before: { id, validTo: before.validTo },
      after: { validTo, reason },
    });
    return partnershipView(after, ctx.today);
  });
}

export interface NewAccount {
  accountNo: string;
  accountName: string;
  bankName: string;
  cnaps?: string | null;
}

/**
 * Registers an institution's bank account. Its name must be the institution's registered name (widths, brackets and spaces apart), because money is
 * paid to it; a doubtful 行号 only warns. The same again answers the same.
 * @throws DomainError ACCOUNT_FORMAT, ACCOUNT_NAME_DIFFERS (422), ACCOUNT_CONFLICT (409), NOT_FOUND (404)
 */
export async function addBankAccount(
  ctx: Context,
  code: string,
  input: NewAccount,
): Promise<Created<{ account: AccountView }>> {
  permit(ctx, 'institution.write');
  const { warnings } = codeDoubts({ cnaps: input.cnaps });
  const accountNo = accountNoOf(input.accountNo);
  const { accountName, bankName, cnaps = null } = input;
  return inTransaction(ctx, async (tx) => {
    const { name } = await institutionOf(tx, code);
    if (foldName(accountName) !== foldName(name)) throw nameDiffers(accountName, name);
    const data = { accountNo, accountName, bankName, cnaps, institutionCode: code };
    const { count } = await tx.bankAccount.createMany({ data, skipDuplicates: true });
    const row = await tx.bankAccount.findUniqueOrThrow({ where: { accountNo } });
    if (count === 0 && !isSame(row, data))
      throw new DomainError('ACCOUNT_CONFLICT', `账号 ${accountNo} 已登记，内容不同`, { status: 409 });
    if (count > 0) await audit(tx, ctx, { action: 'bankAccount.create', subject: `institution:${code}`, after: data });
    return { created: count > 0, warnings, account: accountView(row) };
  });
}

function accountNoOf(text: string): string {
  const { value, fault, warning } = readAccount(text, '账号');
  if (value && value.length >= 5) return value;
  const { code, message } = fault ??
    warning ?? { code: 'ACCOUNT_FORMAT', message: `账号“${text}”过短，请填写完整账号` };
  throw new DomainError(code, message, { errors: [{ code, field: 'accountNo', value: text, message }] });
}

function nameDiffers(accountName: string, name: string): DomainError {
  const message = `户名「${accountName}」与机构登记名称「${name}」不一致`;
  return new DomainError('ACCOUNT_NAME_DIFFERS', message, {
    errors: [{ code: 'ACCOUNT_NAME_DIFFERS', field: 'accountName', value: accountName, message }],
  });
}

async function institutionOf(tx: Tx, code: string): Promise<Institution> {
  const row = await tx.institution.findUnique({ where: { code } });
  if (!row) throw new DomainError('NOT_FOUND', `没有机构「${code}」`, { status: 404 });
  return row;
}

/** One change at a time to an institution's partnerships. */
async function lockInstitution(tx: Tx, code: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM institution WHERE code = ${code} FOR UPDATE`;
  await institutionOf(tx, code);
}

function isSame(row: object, wanted: object): boolean {
  return Object.entries(wanted).every(([name, value]) => (row as Record<string, unknown>)[name] === value);
}

function toView({ code, name, kind, uscc, cnaps }: Institution): InstitutionView {
  return { code, name, kind, kindLabel: INSTITUTION_KINDS[kind as InstitutionKind] ?? kind, uscc, cnaps };
}

function partnershipView(row: Partnership, on: LocalDate): PartnershipView {
  const { id, institutionCode, poolCode, document } = row;
  const period = { poolCode, validFrom: dateFromDb(row.validFrom), validTo: row.validTo && dateFromDb(row.validTo) };
  return { id, institutionCode, ...period, document, active: includes(period, on) };
}

function accountView({ id, institutionCode, accountNo, accountName, bankName, cnaps }: BankAccount): AccountView {
  return { id, institutionCode: institutionCode ?? '', accountNo, accountName, bankName, cnaps };
}

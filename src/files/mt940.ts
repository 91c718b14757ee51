import type { LocalDate } from '../calendar/local-date.ts';
import { localDate } from '../calendar/local-date.ts';
import { DomainError, type Fault } from '../errors.ts';
import { type Money, money } from '../money/money.ts';
import {
  memoOf,
  plainText,
  refuseRows,
  type StatedBalance,
  type StatementFile,
  type StatementRow,
} from './statement.ts';

interface Field {
  tag: string;
  text: string;
  row: number;
}

const TAG = /^:(\d{2}[A-Z]?):/;
const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,2})$/;
// Value date, entry date, mark, third character of the currency, amount, type and customer's reference, bank's reference.
const LINE =
  /^(\d{6})(\d{4})?(RC|RD|C|D)([A-Z])?(\d{1,15},\d{0,2})([A-Z][A-Z0-9]{3})([^\n]*?)(?:\/\/([^\n]*))?(?:\n([\s\S]*))?$/;

/**
 * SWIFT MT940 (Customer Statement Message), alone or in several messages that go on from each other: :25: account, :60F: opening, :61: line, :86: what it is
 * about, :62F: closing. @throws DomainError STATEMENT_ROWS with the line of each fault (422)
 */
export function readMt940(text: string): StatementFile {
  const faults: Fault[] = [];
  const rows: StatementRow[] = [];
  const accounts: { no: string; row: number }[] = [];
  const edges: { balance: Edge; opens: boolean }[] = [];
  for (const field of fieldsOf(text)) {
    const fault = (code: string, message: string) =>
      faults.push({ code, row: field.row, field: `:${field.tag}:`, value: field.text.slice(0, 200), message });
    if (field.tag === '25' || field.tag === '25P')
      accounts.push({ no: field.text.split('\n')[0]!.trim().replace(/^.*\//, ''), row: field.row });
    else if (/^6[02][FM]$/.test(field.tag)) {
      const balance = balanceOf(field);
      if (typeof balance === 'string') fault('AMOUNT_FORMAT', balance);
      else edges.push({ balance, opens: field.tag.startsWith('60') });
    } else if (field.tag === '61') {
      const line = lineOf(field);
      if (typeof line === 'string') fault('LINE_FORMAT', line);
      else rows.push(line);
    } else if (field.tag === '86' && rows.length > 0 && !edges.at(-1)?.balance.closes)
      Object.assign(rows.at(-1)!, details(field.text, rows.at(-1)!));
  }
  refuseRows([...faults, ...pageFaults(edges)]);
  const other = accounts.find(({ no }) => no !== accounts[0]!.no);
  if (other)
    refuseRows([
      {
        code: 'STATEMENT_ACCOUNTS',
        row: other.row,
        value: other.no,
        message: `账户 ${other.no} 与前面的 ${accounts[0]!.no} 不同`,
      },
    ]);
  const [opening, closing] = [edges[0]!.balance, edges.at(-1)!.balance];
  return {
    ...{
      format: 'mt940',
      accountNo: accounts[0]?.no ?? null,
      from: opening.on,
      to: closing.on,
      totals: [],
      warnings: [],
    },
    ...{ opening: plain(opening), closing: plain(closing), rows },
  };
}

/** True for text that begins like an MT940 message, with or without its SWIFT envelope. */
export function isMt940(text: string): boolean {
  return /^\s*(?:\{1:|:20:)/.test(text) && /^:(?:60[FM]|61):/m.test(text);
}

interface Edge extends StatedBalance {
  on: LocalDate;
  closes: boolean;
}

const plain = ({ row, amount }: Edge): StatedBalance => ({ row, amount });

/** Fields with the line that each begins on; lines that begin no field go on the one before. */
function fieldsOf(text: string): Field[] {
  const fields: Field[] = [];
  text.split(/\r\n?|\n/).forEach((line, i) => {
    const body = line.replace(/^\{4:/, '').replace(/^.*\{4:$/, '');
    const tag = TAG.exec(body);
    if (tag) fields.push({ tag: tag[1]!, text: body.slice(tag[0].length), row: i + 1 });
    else if (fields.length > 0 && !/^(?:-\}?|\{|$)/.test(body)) fields.at(-1)!.text += `\n${body}`;
  });
  return fields;
}

/** Opening, closing, and between them pages: what a page opens with is what the one before closed with. */
function pageFaults(edges: { balance: Edge; opens: boolean }[]): Fault[] {
  if (edges.length === 0)
    throw new DomainError('MT940_BALANCES', '缺少期初余额（:60F:）和期末余额（:62F:），对账单不完整');
  const fault = (row: number, message: string) => [{ code: 'STATEMENT_PAGES', row, message }];
  for (const [i, { balance, opens }] of edges.entries()) {
    if (opens !== (i % 2 === 0))
      return fault(balance.row, opens ? '期初余额之前缺少上一页的期末余额' : '期末余额之前缺少期初余额');
    const before = i > 0 && opens ? edges[i - 1]!.balance : undefined;
    if (before && !before.amount.eq(balance.amount))
      return fault(
        balance.row,
        `期初余额 ${balance.amount.toFixed(2)} 与前一页期末余额 ${before.amount.toFixed(2)} 不符`,
      );
  }
  return edges.length % 2 === 0 ? [] : fault(edges.at(-1)!.balance.row, '缺少期末余额（:62F:），文件不完整');
}

function balanceOf({ tag, text, row }: Field): Edge | string {
  const [, mark, day, currency, amount] = BALANCE.exec(text.trim()) ?? [];
  if (!mark) return '余额格式不正确';
  if (currency !== 'CNY') return `币种“${currency}”不是人民币`;
  const on = dayOf(day!);
  if (!on) return `日期“${day}”不存在`;
  const value = amountOf(amount!);
  return { row, on, amount: mark === 'D' ? value.neg() : value, closes: tag.startsWith('62') };
}

function lineOf({ text, row }: Field): StatementRow | string {
  const [, valued, booked, mark, , amount, , customer = '', bank = '', more = ''] = LINE.exec(text) ?? [];
  if (!valued) return '交易行格式不正确，应为日期、借贷标志、金额和业务参考号';
  // The entry date has no year: it is the value date's, or the one beside it over New Year.
  const on = booked ? nearest(valued, booked) : dayOf(valued);
  if (!on) return `日期“${booked ?? valued}”不存在`;
  const value = amountOf(amount!);
  if (value.isZero()) return '没有发生额';
  const serial = plainText(bank) ?? (/^NONREF$/i.test(customer.trim()) ? null : plainText(customer));
  return {
    ...{
      row,
      on,
      time: null,
      direction: mark === 'C' || mark === 'RD' ? 'in' : 'out',
      amount: value,
      balance: null,
      serial: serial?.slice(0, 64) ?? null,
    },
    ...{ counterpartyName: null, counterpartyAccount: null, counterpartyBank: null, memo: memoOf([more]) },
  };
}

/** :86: in subfields (?20–?29 text, ?30 bank, ?31 account, ?32 ?33 name), in code words (/NAME/…, /ACCT/…, /REMI/…), or as plain text. */
function details(text: string, row: StatementRow): Partial<StatementRow> {
  const flat = text.replace(/\n/g, '');
  const parts = /^\d{3}\?|^\?\d\d/.test(flat) ? flat.split('?').slice(1) : [];
  const sub = (from: number, to: number) =>
    parts
      .filter((p) => Number(p.slice(0, 2)) >= from && Number(p.slice(0, 2)) <= to)
      .map((p) => p.slice(2))
      .join('');
  const word = (name: string) => new RegExp(`/${name}/([^/]*)`).exec(flat)?.[1] ?? '';
  const worded = /\/(?:NAME|ACCT|REMI)\//.test(flat);
  const memo = parts.length > 0 ? sub(20, 29) + sub(60, 63) : worded ? word('REMI') : flat;
  return {
    counterpartyBank: plainText(parts.length > 0 ? sub(30, 30) : ''),
    counterpartyAccount: plainText(parts.length > 0 ? sub(31, 31) : word('ACCT')),
    counterpartyName: plainText(parts.length > 0 ? sub(32, 33) : word('NAME')),
    memo: memoOf([row.memo, memo]),
  };
}

const amountOf = (text: string): Money => {
  const [whole = '', cents = ''] = text.split(',');
  return money(cents === '' ? whole : `${whole}.${cents}`);
};

/** YYMMDD; two-digit years are of this century. */
function dayOf(text: string): LocalDate | undefined {
  try {
    return localDate(`20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`);
  } catch {
    return undefined;
  }
}

function nearest(valued: string, booked: string): LocalDate | undefined {
  const year = Number(valued.slice(0, 2));
  const months = Number(booked.slice(0, 2)) - Number(valued.slice(2, 4));
  const beside = months > 6 ? year - 1 : months < -6 ? year + 1 : year;
  return dayOf(`${`${beside}`.padStart(2, '0')}${booked}`);
}

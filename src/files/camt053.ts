import type { LocalDate } from '../calendar/local-date.ts';
import { DomainError, type Fault } from '../errors.ts';
import { type Money, money } from '../money/money.ts';
import { readDate } from './cells.ts';
import {
  memoOf,
  plainText,
  refuseRows,
  type StatedBalance,
  type StatementFile,
  type StatementRow,
} from './statement.ts';
import { all, at, readXml, textAt, type XmlNode } from './xml-tree.ts';

/**
 * ISO 20022 camt.053 (BankToCustomerStatement), versions 02 to 13: booked entries between the balances OPBD (or PRCD) and CLBD. A batch stays the one entry
 * that it is on the account. @throws DomainError XML_BROKEN, XML_ENTITIES, CAMT_OTHER, STATEMENT_ROWS (422)
 */
export function readCamt053(text: string): StatementFile {
  const entries: { node: XmlNode; statement: XmlNode }[] = [];
  const root = readXml(text, {
    name: 'Ntry',
    take: (node, path) => entries.push({ node, statement: path.findLast(({ name }) => name === 'Stmt') ?? node }),
  });
  const statements = all(root, 'Stmt');
  if (root.name !== 'Document' || statements.length === 0) {
    throw new DomainError(
      'CAMT_OTHER',
      '这不是 camt.053 对账单（应有 BkToCstmrStmt/Stmt）；camt.052、camt.054 不能代替对账单',
    );
  }
  const faults: Fault[] = [];
  const pages = statements.map((statement) => {
    const own = entries.filter((entry) => entry.statement === statement && !isPending(entry.node));
    return { ...pageOf(statement, faults), rows: own.flatMap(({ node }) => entryRow(node, faults) ?? []) };
  });
  refuseRows(faults);
  return joined(pages);
}

type Page = Pick<StatementFile, 'accountNo' | 'from' | 'to' | 'opening' | 'closing' | 'rows'> & { line: number };

/** A statement sent in pages is one: each page opens with what the one before closed with. */
function joined(pages: Page[]): StatementFile {
  pages.slice(1).forEach((page, i) => {
    const before = pages[i]!;
    const problem =
      page.accountNo !== before.accountNo
        ? `账户 ${page.accountNo} 与前面的 ${before.accountNo} 不同，一份对账单只能有一个账户`
        : page.opening && before.closing && !page.opening.amount.eq(before.closing.amount)
          ? `期初余额 ${page.opening.amount.toFixed(2)} 与前一页期末余额 ${before.closing.amount.toFixed(2)} 不符`
          : undefined;
    if (problem) refuseRows([{ code: 'STATEMENT_PAGES', row: page.line, message: problem }]);
  });
  const [first, last] = [pages[0]!, pages.at(-1)!];
  return {
    ...{ format: 'camt053', accountNo: first.accountNo, from: first.from, to: last.to },
    ...{ opening: first.opening, closing: last.closing, totals: [], warnings: [] },
    rows: pages.flatMap(({ rows }) => rows),
  };
}

function pageOf(statement: XmlNode, faults: Fault[]): Omit<Page, 'rows'> {
  const account = at(statement, 'Acct', 'Id');
  const balance = (...codes: string[]) => {
    const found = codes.flatMap((code) =>
      statement.children.filter((b) => b.name === 'Bal' && textAt(b, 'Tp', 'CdOrPrtry', 'Cd') === code),
    )[0];
    const amount = found && signedOf(found, faults);
    return found && amount ? { row: found.line, amount, on: dayOf(at(found, 'Dt')) } : null;
  };
  const [opening, closing] = [balance('OPBD', 'PRCD'), balance('CLBD')];
  const plain = (b: typeof opening): StatedBalance | null => b && { row: b.row, amount: b.amount };
  return {
    ...{ line: statement.line, accountNo: textAt(account, 'IBAN') || textAt(account, 'Othr', 'Id') || null },
    from: readDay(textAt(statement, 'FrToDt', 'FrDtTm') || textAt(statement, 'FrToDt', 'FrDt')) ?? opening?.on ?? null,
    to: readDay(textAt(statement, 'FrToDt', 'ToDtTm') || textAt(statement, 'FrToDt', 'ToDt')) ?? closing?.on ?? null,
    ...{ opening: plain(opening), closing: plain(closing) },
  };
}

/** Only booked entries are on the account; older versions write the status without a code element. */
function isPending(entry: XmlNode): boolean {
  const status = textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts');
  return status !== '' && status !== 'BOOK';
}

function entryRow(entry: XmlNode, faults: Fault[]): StatementRow | undefined {
  const on = dayOf(at(entry, 'BookgDt')) ?? dayOf(at(entry, 'ValDt'));
  if (!on) faults.push({ code: 'DATE_FORMAT', row: entry.line, field: 'BookgDt', message: '缺少记账日期或日期不正确' });
  const amount = signedOf(entry, faults);
  if (!on || !amount) return undefined;
  const direction = amount.isNegative() ? 'out' : 'in';
  const details = all(entry, 'TxDtls');
  const [party, account, agent] =
    direction === 'in' ? ['Dbtr', 'DbtrAcct', 'DbtrAgt'] : ['Cdtr', 'CdtrAcct', 'CdtrAgt'];
  const first = (read: (node: XmlNode) => string) => plainText(details.map(read).find((text) => text !== '') ?? '');
  return {
    ...{
      row: entry.line,
      on,
      time: timeOf(textAt(entry, 'BookgDt', 'DtTm')),
      direction,
      amount: amount.abs(),
      balance: null,
    },
    serial:
      plainText(textAt(entry, 'AcctSvcrRef'))?.slice(0, 64) ??
      plainText(textAt(entry, 'NtryRef'))?.slice(0, 64) ??
      null,
    counterpartyName: first((d) => textAt(d, 'RltdPties', party, 'Pty', 'Nm') || textAt(d, 'RltdPties', party, 'Nm')),
    counterpartyAccount: first(
      (d) => textAt(d, 'RltdPties', account, 'Id', 'IBAN') || textAt(d, 'RltdPties', account, 'Id', 'Othr', 'Id'),
    ),
    counterpartyBank: first((d) => {
      const bank = at(d, 'RltdAgts', agent, 'FinInstnId');
      return textAt(bank, 'ClrSysMmbId', 'MmbId') || textAt(bank, 'BICFI') || textAt(bank, 'Nm');
    }),
    memo: memoOf([...all(entry, 'Ustrd').map(({ text }) => text), textAt(entry, 'AddtlNtryInf')]),
  };
}

/** The amount of an entry or a balance, negative for DBIT. `RvslInd` changes nothing: the side is the one that moved. */
function signedOf(node: XmlNode, faults: Fault[]): Money | undefined {
  const amount = at(node, 'Amt');
  const side = textAt(node, 'CdtDbtInd');
  const text = amount?.text.trim() ?? '';
  const currency = amount?.attributes.Ccy ?? 'CNY';
  const fault = (code: string, field: string, value: string, message: string) => {
    faults.push({ code, row: node.line, field, value: value.slice(0, 200), message });
    return undefined;
  };
  if (currency !== 'CNY') return fault('CURRENCY', 'Ccy', currency, `币种“${currency}”不是人民币`);
  if (!/^\d{1,16}(\.\d{1,2}0*)?$/.test(text))
    return fault('AMOUNT_FORMAT', 'Amt', text, `金额“${text.slice(0, 60)}”不正确`);
  if (side !== 'CRDT' && side !== 'DBIT')
    return fault('SIDE', 'CdtDbtInd', side, `借贷标志“${side.slice(0, 20)}”不是 CRDT 或 DBIT`);
  const value = money(text.replace(/(\.\d{2})0+$/, '$1'));
  if (node.name === 'Ntry' && value.isZero()) return fault('NO_AMOUNT', 'Amt', text, '没有发生额');
  return side === 'DBIT' ? value.neg() : value;
}

const dayOf = (node: XmlNode | undefined): LocalDate | undefined => readDay(textAt(node, 'Dt') || textAt(node, 'DtTm'));
const readDay = (text: string): LocalDate | undefined =>
  text === '' ? undefined : readDate(text.slice(0, 10), '').value;
const timeOf = (text: string): string | null => /T(\d\d:\d\d:\d\d)/.exec(text)?.[1] ?? null;

import type { PrintedClaim, PrintedLossEvent, PrintedShare } from '../../src/documents/compensation-views.ts';
import type { PrintedAccount } from '../../src/documents/parts.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { type CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import type { Column, TableRow } from './columns.ts';
import type { Field } from './fields.ts';
import { amount } from './loan-fields.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

/** Which claim it is: what every later paper begins with. */
export function claimFields({ claimNo, bank, poolName, claimedOn, loan }: PrintedClaim): Field[][] {
  return [
    [
      ['申请编号', claimNo],
      ['申请日期', longDate(claimedOn)],
    ],
    [
      ['申请银行', bank],
      ['资金池', poolName],
    ],
    [
      ['借款企业', loan.enterprise],
      ['统一社会信用代码', loan.uscc],
    ],
    [
      ['借款合同号', loan.contractNo],
      ['借据号', loan.dueBillNo],
    ],
  ];
}

/** The loan's terms, and what is lost and asked for. */
export function lossFields({ loan, unpaidPrincipal, countedUnpaid, requested }: PrintedClaim): Field[][] {
  return [
    [
      ['贷款金额', `¥ ${yuan(loan.principal)}`],
      ['备案金额', `¥ ${yuan(loan.countedPrincipal)}`],
    ],
    [
      ['放款日', longDate(loan.disbursedOn)],
      ['到期日', longDate(loan.maturesOn)],
    ],
    [
      ['担保方式', loan.guaranteeMode],
      ['年利率', `${loan.annualRate} %`],
    ],
    [['贷款用途', loan.purpose]],
    [['未偿还本金', amount(unpaidPrincipal)]],
    [['未偿还备案本金', amount(countedUnpaid)]],
    [['申请补偿金额', amount(requested)]],
  ];
}

/** 风险事件: since when overdue, how classified, how pursued. */
export function eventFields(event: PrintedLossEvent): Field[][] {
  const { happenedOn, overdueSince, overdueDays, classification, demandedOn, suedOn, claimableUntil } = event;
  const pursuit = [demandedOn && `${longDate(demandedOn)}催收`, suedOn && `${longDate(suedOn)}起诉`]
    .filter(Boolean)
    .join('，');
  return [
    [
      ['风险事件成立日', longDate(happenedOn)],
      ['申请截止日', longDate(claimableUntil)],
    ],
    [
      ['本金逾期起始日', longDate(overdueSince)],
      ['申请日已逾期', `${overdueDays} 天`],
    ],
    [
      ['五级分类', classification],
      ['催收、起诉', pursuit || '—'],
    ],
  ];
}

/** 凭证号 as a field shows it. */
export const voucherField = (voucher: string): Field => ['记账凭证', `第 ${voucher} 号`];

/** An account: whose it is, its number, and its bank over the whole width. */
export function accountFields(label: string, { name, bank, number }: PrintedAccount): Field[][] {
  return [
    [
      [`${label}户名`, name],
      [`${label}账号`, number],
    ],
    [[`${label}开户银行`, bank]],
  ];
}

const SHARE_COLUMNS: Column[] = [
  { title: '分担方', wrap: true },
  { title: '承担单位', wrap: true },
  { title: '资金来源', align: 'center' },
  { title: '分担比例', align: 'right' },
  { title: '金额', align: 'right' },
  { title: '依据', align: 'center' },
];

/** Who bears what of the unpaid principal, with the pool's part summed up. @throws DomainError PAPER_DOES_NOT_ADD_UP */
export async function drawShares(
  sheet: Sheet,
  heading: string,
  shares: PrintedShare[],
  { unpaidPrincipal }: PrintedClaim,
  cites: CitationIndex,
): Promise<void> {
  const amounts = shares.map((share) => share.amount);
  assertAddsUp('风险分担', amounts, unpaidPrincipal);
  const rows: TableRow[] = shares.map((share) => ({
    cells: [
      ...[share.bearer, share.party, share.from === 'pool' ? '资金池' : '自有资金', share.percent || '—'],
      ...[yuan(share.amount), cites.mark(share.cites)],
    ],
  }));
  const pool = shares.filter(({ from }) => from === 'pool').map((share) => share.amount);
  rows.push({ kind: 'total', cells: ['合计', '', '', '', yuan(unpaidPrincipal), ''] });
  const caption: [string, string] = [`资金池补偿 ${yuan(addUp(pool))} 元`, '单位：元'];
  await drawTable(sheet, SHARE_COLUMNS, rows, { size: 9.5, smallest: 7.5, heading, caption });
}

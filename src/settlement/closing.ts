import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { DomainError, type Fault } from '../errors.ts';
import { formatYuan, money } from '../money/money.ts';

/** How far a month is from being closed. */
export const CLOSING_STATES = { open: '未具备条件', ready: '可以结账', proposed: '待复核', closed: '已结账' } as const;

/** One thing that a month's closing rests on. */
export interface ChecklistItem {
  code: keyof typeof CHECKS;
  label: string;
  /** `note`: to be known, in nobody's way */
  state: 'done' | 'missing' | 'note';
  text: string;
  /** whose it is to do; null where nothing is to be done */
  owner: string | null;
  /** console path where it is done */
  href: string | null;
  /** two people may close without it, saying why */
  waivable: boolean;
}

const CHECKS = {
  previous: '上月结账',
  settlement: '月度结算',
  reports: '余额月报',
  reconciliation: '银行对账',
  difference: '对账差异',
  suspense: '待查款项',
  threeWay: '三方对账',
} as const;

/** A deposit account at a month's end: how far its statements reach, its last run, what nobody has settled. */
export interface AccountFacts {
  accountNo: string;
  bankName: string;
  /** the last day up to the month's end that a statement speaks of */
  coveredTo: LocalDate | null;
  run: { id: string; confirmed: boolean; unexplained: string; runBy: string | null } | null;
  open: { id: string; on: LocalDate; direction: string; amount: string; text: string; owner: string | null }[];
}

/** What a month's checklist is drawn from. */
export interface ClosingFacts {
  poolCode: string;
  period: SettlementPeriod;
  /** the month before, null for a pool's first */
  previous: { period: SettlementPeriod; closed: boolean } | null;
  settlement: { id: string; status: string; late: string[] } | null;
  accounts: AccountFacts[];
  /** receipts of unknown origin that still wait for their owner */
  suspense: { id: string; amount: string }[];
  /** the last look at the month's loans by bank, register and pool; null where nobody took one, undefined where the pool had no loans */
  threeWay?: { differences: number; unexplained: number } | null;
}

/** 结账检查表: all that the closing of a month rests on, what is missing, whose it is and where it is done. */
export function checklist(facts: ClosingFacts): ChecklistItem[] {
  return [
    ...previousItem(facts),
    settlementItem(facts),
    ...reportItems(facts),
    ...facts.accounts.flatMap((account) => accountItems(facts, account)),
    ...facts.suspense.map(({ id, amount }) =>
      item('suspense', 'note', `${formatYuan(money(amount))} 元尚未查明归属`, FINANCE, `/differences/${id}`),
    ),
    ...threeWayItems(facts),
  ];
}

const FINANCE = '财务';

function item(
  code: ChecklistItem['code'],
  state: ChecklistItem['state'],
  text: string,
  owner: string | null = null,
  href: string | null = null,
  waivable = false,
): ChecklistItem {
  return { code, label: CHECKS[code], state, text, owner, href, waivable };
}

function previousItem({ poolCode, previous }: ClosingFacts): ChecklistItem[] {
  if (!previous) return [];
  const { period, closed } = previous;
  if (closed) return [item('previous', 'done', `${period} 已结账`)];
  return [
    item('previous', 'missing', `${period} 尚未结账`, FINANCE, `/closings?poolCode=${poolCode}&period=${period}`),
  ];
}

function settlementItem({ poolCode, period, settlement }: ClosingFacts): ChecklistItem {
  if (settlement && settlement.status !== 'running')
    return item('settlement', 'done', '已结算', null, `/settlements/${settlement.id}`);
  const text = settlement ? '正在结算' : '尚未结算';
  return item('settlement', 'missing', text, FINANCE, `/settlements?pool=${poolCode}&period=${period}`);
}

function reportItems({ settlement }: ClosingFacts): ChecklistItem[] {
  if (settlement?.status !== 'provisional') return [];
  return settlement.late.map((text) => item('reports', 'note', text, null, `/settlements/${settlement.id}`));
}

/** What the three say of the loans is in nobody's way, since it books nothing: but whoever closes should know of it. */
function threeWayItems({ poolCode, period, threeWay }: ClosingFacts): ChecklistItem[] {
  if (threeWay === undefined) return [];
  const href = `/three-way?poolCode=${poolCode}&period=${period}`;
  if (threeWay === null) return [item('threeWay', 'note', '尚未与银行月报核对', FINANCE, href)];
  const { differences, unexplained } = threeWay;
  if (unexplained > 0) return [item('threeWay', 'note', `${unexplained} 项差异尚未说明`, FINANCE, href)];
  const text = differences === 0 ? '银行月报、台账与准备金一致' : `${differences} 项差异均已说明`;
  return [item('threeWay', 'done', text, null, href)];
}

function accountItems({ poolCode, period }: ClosingFacts, account: AccountFacts): ChecklistItem[] {
  const { accountNo, bankName, coveredTo, run, open } = account;
  const name = `${bankName} ${accountNo}`;
  if (run?.confirmed)
    return [item('reconciliation', 'done', `${name}：已确认对账`, null, `/reconciliations/${run.id}`)];
  const missing = (text: string, owner: string, href: string) =>
    item('reconciliation', 'missing', `${name}：${text}`, owner, href, true);
  if (coveredTo === null) return [missing('没有本月的对账单', FINANCE, `/bank-statements?poolCode=${poolCode}`)];
  if (coveredTo < lastDay(period))
    return [missing(`对账单只到 ${coveredTo}`, FINANCE, `/bank-statements?poolCode=${poolCode}`)];
  const differences = open.map(({ id, on, direction, amount, text, owner }) =>
    item(
      'difference',
      'missing',
      `${on} ${direction === 'in' ? '收' : '付'} ${formatYuan(money(amount))} 元 ${text}`.trimEnd(),
      owner ?? '未指定经办人',
      `/differences/${id}`,
      true,
    ),
  );
  if (!run) return [missing('尚未对账', FINANCE, `/reconciliations?poolCode=${poolCode}&period=${period}`)];
  const unexplained = run.unexplained === '0.00' ? '' : `，未说明的差额 ${formatYuan(money(run.unexplained))} 元`;
  const owner = run.runBy === null ? FINANCE : `${FINANCE}（${run.runBy}以外的人）`;
  return [missing(`对账尚未确认${unexplained}`, owner, `/reconciliations/${run.id}`), ...differences];
}

/**
 * That a month may be closed: nothing is missing, or only what two people may do without when they say why.
 * @throws DomainError CLOSING_INCOMPLETE (409) with what is missing
 */
export function assertClosable(
  period: SettlementPeriod,
  items: readonly ChecklistItem[],
  exception: string | null,
): void {
  const missing = items.filter(({ state, waivable }) => state === 'missing' && !(waivable && exception !== null));
  if (missing.length === 0) return;
  const errors = missing.map(
    ({ label, text }): Fault => ({ code: 'CLOSING_INCOMPLETE', message: `${label}：${text}` }),
  );
  const list = errors.map(({ message }) => message).join('；');
  throw new DomainError('CLOSING_INCOMPLETE', `${period} 还不能结账：${list}`, { status: 409, errors });
}

/** The reason that is kept: none where nothing is missing any more. */
export const reasonKept = (items: readonly ChecklistItem[], exception: string | null): string | null =>
  items.some(({ state }) => state === 'missing') ? exception : null;

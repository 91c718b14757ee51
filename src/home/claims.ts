import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { Exact, formatYuan, sum } from '../money/money.ts';
import { dayText, type Todo, waits } from './home.ts';

/** Claims of one pool whose step began on one day, and until when it is to be done. `amount`: what the pool would pay for them, wire. */
export interface ClaimsWaiting {
  poolCode: string;
  poolName: string;
  status: 'submitted' | 'verified' | 'approved' | 'confirmed';
  count: number;
  amount: string;
  dueOn: LocalDate;
  cites: Citation[];
}

/** Loans of a bank whose loss event has happened by its reports, without a claim; `dueOn`: the last day one may be submitted, at the earliest. */
export interface Claimable {
  poolCode: string;
  poolName: string;
  loanId: string;
  count: number;
  dueOn: LocalDate;
  cites: Citation[];
}

/** What a bank has reported as repaid on a compensated loan beyond what the pool has received of it. Wire amount. */
export interface Unremitted {
  claimId: string;
  dueBillNo: string;
  amount: string;
  dueOn: LocalDate;
  cites: Citation[];
}

const WAITS = { submitted: '待审核', verified: '待审批', approved: '待复核', confirmed: '待拨付' };

/** One line a pool and step: those late and those in time apart, each with the date that comes first. `view`: what the list begins with. */
export function claimTodos(waiting: ClaimsWaiting[], today: LocalDate, view: 'todo' | 'all'): Todo[] {
  const groups = Map.groupBy(waiting, (w) => `${w.poolCode} ${w.status} ${w.dueOn < today}`);
  return [...groups.values()].map((group) => {
    const { poolCode, poolName, status, dueOn, cites } = group.reduce((a, b) => (a.dueOn <= b.dueOn ? a : b));
    const late = dueOn < today;
    const title = `${poolName}${late ? '超过时限的' : ''}${WAITS[status]}补偿申请`;
    const href = `/claims?view=${view}&poolCode=${poolCode}${view === 'all' ? `&status=${status}` : ''}`;
    return { kind: 'claim', title, count: claimsIn(group), dueOn, late, href, cites };
  });
}

/** How many claims wait and what is late of them, in words; none where none do. */
export function claimWords(waiting: ClaimsWaiting[], today: LocalDate): string[] {
  const late = claimsIn(waiting.filter((w) => w.dueOn < today));
  return (['submitted', 'verified', 'approved', 'confirmed'] as const).flatMap((status) => {
    const group = waiting.filter((w) => w.status === status);
    if (group.length === 0) return [];
    const amount = formatYuan(sum(group.map((w) => new Exact(w.amount))));
    const due = group.map((w) => w.dueOn).sort()[0]!;
    const pay = status === 'confirmed' ? `，合计 ${amount} 元` : '';
    const when = late > 0 ? `，其中 ${claimsIn(group.filter((w) => w.dueOn < today))} 份已超期` : '';
    return [
      `${claimsIn(group)} 份补偿申请${WAITS[status]}${pay}${when || `，最早一份应于 ${dayText(due, today)}前办结`}`,
    ];
  });
}

/** What a bank may still claim for, first the windows that close first; and those that may have closed. */
export function claimableTodos(claimable: Claimable[], today: LocalDate): Todo[] {
  const groups = Map.groupBy(claimable, (c) => `${c.poolCode} ${c.dueOn < today}`);
  return [...groups.values()].map((group) => {
    const { poolCode, poolName, loanId, dueOn, cites } = group.reduce((a, b) => (a.dueOn <= b.dueOn ? a : b));
    const count = group.reduce((n, c) => n + c.count, 0);
    const late = dueOn < today;
    const title = `${poolName}${late ? '可能已过申请期限的不良贷款' : '可以申请风险补偿的不良贷款'}`;
    const href = count === 1 ? `/loans/${loanId}` : `/loans?poolCode=${poolCode}&sort=-overdueDays`;
    return { kind: 'claimWindow', title, count, dueOn, late, href, cites };
  });
}

/** What has come back and is to be remitted to the pool, loan by loan. */
export function remitTodos(unremitted: Unremitted[], today: LocalDate): Todo[] {
  return unremitted.map(({ claimId, dueBillNo, amount, dueOn, cites }) => ({
    kind: 'remittance',
    title: `借据 ${dueBillNo} 追偿回款 ${formatYuan(new Exact(amount))} 元尚未汇缴资金池`,
    count: 1,
    dueOn,
    late: dueOn < today,
    href: `/claims/${claimId}`,
    cites,
  }));
}

/** What others proposed and this person may check, by kind. */
export type Proposals = Partial<Record<keyof typeof PROPOSALS, number>>;

const PROPOSALS = {
  writeOff: ['待复核的核销', '/approvals'],
  refund: ['待复核的退回补偿', '/approvals'],
  cost: ['待复核的垫付追偿费用', '/approvals'],
  payout: ['待复核的应付款拨付', '/approvals'],
  capital: ['待复核的退回出资与终止', '/approvals'],
  revocation: ['待决定的撤销备案', '/approvals'],
  lift: ['待决定的解除暂停', '/breaker'],
} as const;

/** One line a kind of what waits for a second person. */
export function proposalTodos(proposals: Proposals): Todo[] {
  return Object.entries(PROPOSALS).map(([kind, [title, href]]) =>
    waits(kind, title, proposals[kind as keyof Proposals] ?? 0, href),
  );
}

/** How many proposals in all. */
export const proposalsIn = (proposals: Proposals): number =>
  Object.values(proposals).reduce((n, count) => n + count, 0);

/** How many claims groups hold. */
export const claimsIn = (groups: { count: number }[]): number => groups.reduce((n, g) => n + g.count, 0);

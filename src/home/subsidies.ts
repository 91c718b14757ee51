import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { formatYuan, money, sum } from '../money/money.ts';
import { dayText, type Todo, waits } from './home.ts';
import type { BatchRow, OpenClawbacks, OwnSubsidies, SubsidyRow } from './subsidy-store.ts';

/** Applications that wait for a step, until when, by the clause of their scheme. */
export interface SubsidiesWaiting extends SubsidyRow {
  schemeTitle: string;
  dueOn: LocalDate;
  cites: Citation[];
}

/** What of subsidies waits for a reviewer or for finance. */
export interface SubsidyWork {
  waiting: SubsidiesWaiting[];
  batches: (BatchRow & { schemeTitle: string })[];
  unpublished: { schemeTitle: string; year: number; batchNo: number; count: number; href: string }[];
  clawbacks: OpenClawbacks;
  /** changes of budgets that another proposed */
  budgetChanges: number;
}

const STEPS = { recommend: '待审核推荐', review: '待形式审查', audit: '待审计意见', decide: '待核定' };

/** One line a scheme and step: those late and those in time apart, each with the date that comes first. */
export function subsidyTodos(waiting: SubsidiesWaiting[], today: LocalDate): Todo[] {
  const groups = Map.groupBy(waiting, (w) => `${w.scheme} ${w.step} ${w.dueOn < today}`);
  return [...groups.values()].map((group) => {
    const { schemeTitle, step, dueOn, cites, scheme } = group.reduce((a, b) => (a.dueOn <= b.dueOn ? a : b));
    const late = dueOn < today;
    const title = `${schemeTitle}：${late ? '超过时限的' : ''}${STEPS[step]}补贴申请`;
    const href = `/subsidies?view=todo&scheme=${scheme}`;
    return { kind: 'subsidy', title, count: countOf(group), dueOn, late, href, cites };
  });
}

/** What of the batches waits for the department: to be published, objections, publicity that ends, an allocation to be approved. */
export function departmentBatchTodos({ batches, unpublished }: SubsidyWork, today: LocalDate): Todo[] {
  return [
    ...unpublished.map(({ schemeTitle, year, batchNo, count, href }) =>
      waits('subsidyBatch', `${schemeTitle} ${year} 年第 ${batchNo} 批：已核定、待公示的申请`, count, href),
    ),
    ...batches.flatMap((batch) => {
      const [name, href] = [nameOf(batch), `/subsidy-batches/${batch.id}`];
      return [
        waits('objection', `${name}：待处理的异议`, batch.objections, href),
        ...publicity(batch, today),
        waits('subsidyBatch', `${name}：待批准的预算分配`, batch.status === 'allocated' ? 1 : 0, href),
      ];
    }),
  ];
}

/** What of the batches waits for finance: to be allocated once the publicity is over, ordered, paid, paid anew; clawbacks; and changes of budgets. */
export function financeBatchTodos({ batches, clawbacks, budgetChanges }: SubsidyWork, today: LocalDate): Todo[] {
  const ofBatches = batches.flatMap((batch) => {
    const [name, href] = [nameOf(batch), `/subsidy-batches/${batch.id}`];
    const over = batch.status === 'published' && batch.objectionsTo !== null && batch.objectionsTo < today;
    const amount = `${formatYuan(money(batch.toPayAmount))} 元`;
    return [
      waits('subsidyBatch', `${name}：公示期满、待分配预算`, over ? 1 : 0, href),
      waits('subsidyBatch', `${name}：已批准、待下达资金`, batch.status === 'approved' ? 1 : 0, href),
      waits('subsidyPayment', `${name}：待拨付的补贴，合计 ${amount}`, batch.toPay, href),
      waits('subsidyPayment', `${name}：被退回、待重新拨付的补贴`, batch.returned, href, true),
    ];
  });
  return [
    ...ofBatches,
    waits('clawback', '待复核的补贴追回', clawbacks.proposed, '/clawbacks?status=proposed'),
    waits('clawback', '待复核的撤销补贴追回', clawbacks.cancelling, '/approvals'),
    waits('clawback', '已决定追回、尚未到账的补贴', clawbacks.owed, '/clawbacks?status=ordered'),
    waits('budgetChange', '待复核的补贴预算调整', budgetChanges, '/approvals'),
  ];
}

/** How many applications wait and what is late of them, in words; none where none do. */
export function subsidyWords(waiting: SubsidiesWaiting[], today: LocalDate): string[] {
  if (waiting.length === 0) return [];
  const late = countOf(waiting.filter((w) => w.dueOn < today));
  const first = waiting.map((w) => w.dueOn).sort()[0]!;
  const when = late > 0 ? `其中 ${late} 项已超期` : `最早一项应于 ${dayText(first, today)}前办结`;
  return [`${countOf(waiting)} 项补贴申请待办理，${when}`];
}

/** How many payments wait, in words; none where none do. */
export function paymentWords(batches: SubsidyWork['batches']): string[] {
  const count = batches.reduce((n, { toPay }) => n + toPay, 0);
  if (count === 0) return [];
  return [`${count} 笔补贴待拨付，合计 ${formatYuan(sum(batches.map((b) => money(b.toPayAmount))))} 元`];
}

const OWN: Record<string, string> = {
  returned: '退回补正的补贴申请',
  draft: '尚未提交的补贴申请',
  published: '正在公示的补贴申请',
  approved: '已批准、等待拨付的补贴',
};

/** What of its subsidies waits for an enterprise, and what it may look at. */
export function ownSubsidyTodos({ states, returned, owed }: OwnSubsidies): Todo[] {
  const back = money(owed);
  return [
    ...Object.entries(OWN).map(([status, title]) => {
      const count = states.find((one) => one.status === status)?.count ?? 0;
      return waits('subsidy', title, count, `/my/subsidies?status=${status}`);
    }),
    waits('subsidyPayment', '拨付被银行退回、请核对收款账户的补贴', returned, '/my/subsidies?status=approved', true),
    waits('clawback', `应退回的补贴 ${formatYuan(back)} 元`, back.isZero() ? 0 : 1, '/my/subsidies?status=paid', true),
  ];
}

const countOf = (groups: { count: number }[]): number => groups.reduce((n, g) => n + g.count, 0);
const nameOf = ({ schemeTitle, year, no }: SubsidyWork['batches'][number]): string =>
  `${schemeTitle} ${year} 年第 ${no} 批`;

/** A list that is public until a day; after it, it is finance's turn. */
function publicity(batch: SubsidyWork['batches'][number], today: LocalDate): Todo[] {
  const { objectionsTo, id, status } = batch;
  if (status !== 'published' || objectionsTo === null || objectionsTo < today) return [];
  const title = `${nameOf(batch)}：正在公示`;
  return [
    {
      ...{ kind: 'subsidyBatch', title, count: 1, dueOn: objectionsTo, late: false },
      ...{ href: `/subsidy-batches/${id}`, cites: [] },
    },
  ];
}

import { formatYuan, money } from '../../../money/money.ts';
import type { Application } from '../../parts/subsidy/types.ts';
import { textOf } from './where.ts';

type StepOf = Application['steps'][number];

/** One stage on the way to the money. */
export interface Stage {
  key: string;
  title: string;
  state: 'done' | 'now' | 'waiting' | 'stopped';
  on: string | null;
  says: string[];
  /** why a budget gave so much */
  explanation?: unknown;
}

const STAGES: [kind: string, title: string][] = [
  ['submitted', '提交申请'],
  ['recommended', '县（市、区）审核推荐'],
  ['reviewed', '形式审查'],
  ['audited', '审计意见'],
  ['decided', '核定'],
  ['published', '公示'],
  ['granted', '预算分配'],
  ['approved', '批准'],
  ['paid', '拨付'],
];
/** Where an application stands, as the last stage that was passed. */
const PASSED: Record<string, number> = {
  ...{ draft: -1, returned: -1, submitted: 0, recommended: 1, reviewed: 2, audited: 3 },
  ...{ decided: 4, published: 5, granted: 6, approved: 7, paid: 8 },
};
/** What takes a stage's place: a paper application, what goes on from another year, the share that an objection had held. */
const INSTEAD: Record<string, string> = {
  ...{ submitted: 'imported', decided: 'continued', granted: 'supplemented', approved: 'supplemented' },
};
/** Where it ends before the payment, and what its last stage is called then. */
const ENDS: Record<string, string> = { refused: '不予补贴', withdrawn: '已撤回', deferred: '转下一年度' };

const yuan = (value: string | null): string => `${formatYuan(money(value ?? '0.00'))} 元`;

/** The way of an application to the payment: what is done, on which day, with which result; what comes next; where it stopped. */
export function wayOf(application: Application): Stage[] {
  const { steps, status } = application;
  // What was looked at before it was sent back has to be looked at again.
  const since = steps.findLastIndex(({ kind }) => kind === 'submitted');
  const fresh = steps.slice(Math.max(since, 0));
  const stopped = status in ENDS;
  const found = (kind: string) =>
    fresh.findLast((step) => step.kind === kind) ?? fresh.find((step) => step.kind === INSTEAD[kind]);
  const reached = stopped ? STAGES.findLastIndex(([kind]) => found(kind)) : PASSED[status]!;
  const stages = STAGES.map(([kind, title], i): Stage => {
    const step = i <= reached ? found(kind) : undefined;
    const state = i <= reached ? 'done' : i === reached + 1 && !stopped ? 'now' : 'waiting';
    return {
      ...{
        key: kind,
        title,
        state,
        on: step?.recordedOn ?? null,
        says: step ? saidOf(step, application) : state === 'now' ? nowOf(kind, application) : [],
      },
      explanation: kind === 'granted' ? (step?.details as { explanation?: unknown } | null)?.explanation : undefined,
    };
  });
  if (!stopped) return stages;
  const end = steps.findLast(({ kind }) => kind === status);
  const says = application.reason ? [status === 'deferred' ? application.reason : `理由：${application.reason}`] : [];
  const last: Stage = { key: status, title: ENDS[status]!, state: 'stopped', on: end?.recordedOn ?? null, says };
  return [...stages.slice(0, reached + 1), last];
}

function saidOf(step: StepOf, application: Application): string[] {
  const { receivedNo, year, batchNo } = application;
  const until = textOf(step, 'objectionsTo');
  const said: Record<string, () => string[]> = {
    submitted: () => [`受理顺序号 ${receivedNo}，计入 ${year} 年第 ${batchNo} 批`],
    imported: () => [`按纸质申请登记，受理顺序号 ${receivedNo}，计入 ${year} 年第 ${batchNo} 批`],
    continued: () => [`由上年转入 ${yuan(step.amount)}`],
    decided: () => [`核定 ${yuan(step.amount)}`],
    published: () => (until ? [`公示至 ${until}，此前可以提出异议`] : []),
    granted: () => [...grantedBy(step, application), ...later(application)],
    supplemented: () => later(application),
    paid: () => payments(application),
  };
  return said[step.kind]?.() ?? [];
}

/** What the batch gave, and where the rest goes on; until that is settled, that it will. */
function grantedBy(step: StepOf, { steps }: Application): string[] {
  const gone = steps.filter(({ kind }) => kind === 'deferred');
  const deferred = textOf(step, 'deferred') ?? '0.00';
  const rest = money(deferred).isZero() ? [] : [`未安排的 ${yuan(deferred)} 转下一年度`];
  return [`分配 ${yuan(step.amount)}`, ...(gone.length > 0 ? gone.map(goneOn) : rest)];
}

function goneOn({ amount, details }: StepOf): string {
  const { year, batchNo } = details as { year: number; batchNo: number };
  return `未安排的 ${yuan(amount)} 转 ${year} 年第 ${batchNo} 批，见「我的补贴」`;
}

/** What was granted or corrected after the batch was shared out. */
const later = ({ steps }: Application): string[] =>
  steps
    .filter(({ kind }) => kind === 'supplemented')
    .map((step) => `${placeOf(step)}${nameOf(step)} ${yuan(step.amount)}`);

/** Each payment with its day at the bank, and what the bank sent back. */
const payments = ({ steps }: Application): string[] =>
  steps
    .filter(({ kind }) => kind === 'paid' || kind === 'returnedByBank')
    .map((step) => {
      const on = textOf(step, 'paidOn') ?? step.recordedOn;
      return `${on} ${step.kind === 'paid' ? '拨付' : '银行退回'} ${yuan(step.amount)}`;
    });

/** What the stage that is under way waits for: until when it is due, or what became of the payment. */
function nowOf(kind: string, { nextStep: { dueOn, sentence } }: Application): string[] {
  if (kind === 'paid') return [sentence];
  return dueOn ? [`应于 ${dueOn} 前办结`] : [];
}

const OTHERS: Record<string, string> = {
  returned: '退回补正',
  changed: '修改申请',
  created: '开始填写',
  objection: '收到异议，暂缓',
  allocationReturned: '预算分配退回重做',
  ordered: '下达资金',
  returnedByBank: '银行退票',
  payeeMended: '更正收款账户',
  reissued: '重新下达资金',
  deferred: '转下一年度',
  clawbackOrdered: '追回决定',
  clawbackReceived: '退回资金已到账',
  clawbackCancelled: '追回已撤销',
  payee: '补报收款账户',
  imported: '按纸质申请登记',
  confirmed: '核实申请人情况',
  continued: '由上年转入',
};

/** Everything that happened, in its order, with a word for each. */
export function historyOf({ steps }: Application): { on: string; says: string }[] {
  const titles = new Map(STAGES);
  return steps
    .filter(({ kind }, i) => !(kind === 'changed' && steps[i + 1]?.kind === 'changed'))
    .map((step) => {
      const { kind, amount, recordedOn } = step;
      const name = nameOf(step) ?? titles.get(kind) ?? kind;
      const [reason, order] = [textOf(step, 'reason'), textOf(step, 'orderNo')];
      const says = [`${placeOf(step)}${name}`, amount && yuan(amount), order, reason];
      return { on: recordedOn, says: says.filter(Boolean).join('　') };
    });
}

/** Of which line a step is, where it is of one. */
function placeOf({ details }: StepOf): string {
  const place = (details as { place?: number } | null)?.place;
  return place === undefined ? '' : `第 ${place} 项`;
}

/** What a step is called that is no stage of the way. */
function nameOf({ kind, details }: StepOf): string | undefined {
  const { upheld, cause } = (details ?? {}) as { upheld?: boolean; cause?: string };
  if (kind === 'objectionDecided') return upheld ? '异议成立，不予补贴' : '异议不成立';
  if (kind === 'supplemented') return cause === 'correction' ? '更正' : '补充分配';
  if (kind === 'withdrawn') return '撤回申请';
  return OTHERS[kind] ?? ENDS[kind];
}

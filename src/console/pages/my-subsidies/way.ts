import { formatYuan, money } from '../../../money/money.ts';
import type { Application } from '../../parts/subsidy/types.ts';
import { cameBack, textOf } from './where.ts';

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
  ...{
    draft: -1,
    returned: -1,
    submitted: 0,
    recommended: 1,
    reviewed: 2,
    audited: 3,
    decided: 4,
    published: 5,
    granted: 6,
    approved: 7,
    paid: 8,
  },
};

const yuan = (value: string | null): string => `${formatYuan(money(value ?? '0.00'))} 元`;

/** The way of an application to the payment: what is done, on which day, with which result; what comes next; where it stopped. */
export function wayOf(application: Application): Stage[] {
  const { steps, status } = application;
  // What was looked at before it was sent back has to be looked at again.
  const since = steps.findLastIndex(({ kind }) => kind === 'submitted');
  const fresh = since < 0 ? [] : steps.slice(since);
  const stopped = status === 'refused' || status === 'withdrawn';
  const found = (kind: string) => fresh.findLast((step) => step.kind === kind);
  const reached = stopped ? STAGES.findLastIndex(([kind]) => found(kind)) : PASSED[status]!;
  const stages = STAGES.map(([kind, title], i): Stage => {
    const step = i <= reached ? found(kind) : undefined;
    const state = i <= reached ? 'done' : i === reached + 1 && !stopped ? 'now' : 'waiting';
    const due = state === 'now' ? application.nextStep.dueOn : null;
    return {
      ...{
        key: kind,
        title,
        state,
        on: step?.recordedOn ?? null,
        says: step ? saidOf(step, application) : due ? [`应于 ${due} 前办结`] : [],
      },
      explanation: kind === 'granted' ? (step?.details as { explanation?: unknown } | null)?.explanation : undefined,
    };
  });
  if (!stopped) return mended(stages, application);
  const end = steps.findLast(({ kind }) => kind === status);
  const title = status === 'refused' ? '不予补贴' : '已撤回';
  const says = application.reason ? [`理由：${application.reason}`] : [];
  return [...stages.slice(0, reached + 1), { key: status, title, state: 'stopped', on: end?.recordedOn ?? null, says }];
}

function saidOf(step: StepOf, { receivedNo, year, batchNo }: Application): string[] {
  const { kind, amount } = step;
  const until = textOf(step, 'objectionsTo');
  const deferred = textOf(step, 'deferred');
  return (
    {
      submitted: [`受理顺序号 ${receivedNo}，计入 ${year} 年第 ${batchNo} 批`],
      decided: [`核定 ${yuan(amount)}`],
      published: until ? [`公示至 ${until}，此前可以提出异议`] : [],
      granted: [
        `分配 ${yuan(amount)}`,
        ...(deferred && !money(deferred).isZero() ? [`${yuan(deferred)} 转下一年度`] : []),
      ],
      paid: [`拨付 ${yuan(amount)}`, ...(textOf(step, 'paidOn') ? [`银行付款日期 ${textOf(step, 'paidOn')}`] : [])],
    }[kind] ?? []
  );
}

/** A payment that came back stands at the last stage, with what to do. */
function mended(stages: Stage[], application: Application): Stage[] {
  const back = cameBack(application);
  if (!back || application.status !== 'approved') return stages;
  const says = [
    `银行退回${back.reason ? `：${back.reason}` : ''}`,
    back.mended ? '收款账户已更正，等待财务重新拨付' : '请更正收款账户',
  ];
  return stages.map((stage) => (stage.key === 'paid' ? { ...stage, says } : stage));
}

const OTHERS: Record<string, string> = {
  returned: '退回补正',
  changed: '修改申请',
  created: '开始填写',
  objection: '收到异议，该项暂缓',
  objectionDecided: '异议已处理',
  allocationReturned: '预算分配退回重做',
  ordered: '下达资金',
  returnedByBank: '银行退票',
  payeeMended: '更正收款账户',
  reissued: '重新下达资金',
  deferred: '转下一年度',
  clawbackOrdered: '追回决定',
  clawbackReceived: '退回资金已到账',
  clawbackCancelled: '追回已撤销',
  supplemented: '补充分配',
  continued: '由上年转入',
};

/** Everything that happened, in its order, with a word for each. */
export function historyOf({ steps }: Application): { on: string; says: string }[] {
  const titles = new Map(STAGES);
  return steps
    .filter(({ kind }, i) => !(kind === 'changed' && steps[i + 1]?.kind === 'changed'))
    .map((step) => {
      const { kind, amount, recordedOn } = step;
      const name = OTHERS[kind] ?? titles.get(kind) ?? { refused: '不予补贴', withdrawn: '撤回申请' }[kind] ?? kind;
      const reason = textOf(step, 'reason');
      const order = textOf(step, 'orderNo');
      return { on: recordedOn, says: [name, amount && yuan(amount), order, reason].filter(Boolean).join('　') };
    });
}

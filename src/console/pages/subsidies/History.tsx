import { Timeline } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import type { Application } from '../../parts/subsidy/types.ts';

const WORDS: Record<string, string> = {
  created: '企业起草',
  imported: '由纸质申请导入',
  changed: '企业修改',
  submitted: '企业提交',
  recommended: '县（市、区）审核推荐',
  reviewed: '形式审查通过',
  audited: '登记审计意见',
  confirmed: '核实申请人情况',
  decided: '核定',
  returned: '退回补正',
  refused: '不予补贴',
  withdrawn: '企业撤回',
  published: '公示',
  objection: '收到异议',
  objectionDecided: '异议处理完毕',
  granted: '分配预算',
  allocationReturned: '分配退回重新办理',
  approved: '批准拨付',
  ordered: '下达资金',
  paid: '拨付',
  returnedByBank: '银行退票',
  reissued: '退票后重新下达',
  payee: '补报收款账户',
  payeeMended: '企业更正收款账户',
  supplemented: '补充分配',
  deferred: '转下一年度',
  continued: '由上年转入',
  clawbackOrdered: '决定追回',
  clawbackReceived: '追回资金到账',
  clawbackCancelled: '撤销追回',
};
const AGAINST = [
  'returned',
  'refused',
  'withdrawn',
  'returnedByBank',
  'allocationReturned',
  'objection',
  'clawbackOrdered',
];

/** 办理经过: each step with who took it, what was noted, and what it came to. */
export function History({ of: { steps } }: { of: Application }) {
  return (
    <section aria-label="办理经过">
      <h2>办理经过</h2>
      <Timeline
        items={steps.map((step, i) => ({
          key: i,
          color: AGAINST.includes(step.kind) ? 'gray' : 'blue',
          content: (
            <>
              {step.recordedOn}　{WORDS[step.kind] ?? step.kind}
              {step.amount && `　${formatYuan(money(step.amount))} 元`}
              {step.actorName && <span className="hint">　{step.actorName}</span>}
              <div className="hint">{notesOf(step.details)}</div>
            </>
          ),
        }))}
      />
    </section>
  );
}

/** What was said or noted with a step. */
function notesOf(details: unknown): string {
  const said = (details ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof said[name] === 'string' && said[name] !== '' ? `${said[name]}` : undefined);
  return [
    text('note') && `意见：${text('note')}`,
    text('reason') && `理由：${text('reason')}`,
    typeof said.place === 'number' && `第 ${said.place} 项`,
    typeof said.upheld === 'boolean' && (said.upheld ? '异议成立' : '异议不成立'),
    text('objectionsTo') && `异议截止 ${text('objectionsTo')}`,
    text('orderNo') && `文号 ${text('orderNo')}`,
    text('paidOn') && `付款日期 ${text('paidOn')}`,
    text('receivedOn') && `到账日期 ${text('receivedOn')}`,
    said.cause === 'correction' && '更正核算',
  ]
    .filter(Boolean)
    .join('；');
}

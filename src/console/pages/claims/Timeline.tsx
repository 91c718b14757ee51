import { Timeline as AntTimeline } from 'antd';
import { Link } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import type { Claim, ClaimEvent } from './types.ts';

const WORDS: Record<string, string> = {
  created: '银行起草',
  changed: '银行修改',
  submitted: '银行提交',
  verified: '合作单位审核通过',
  approved: '自治区审批同意',
  confirmed: '自治区复核同意',
  returned: '退回补正',
  refused: '不予补偿',
  withdrawn: '银行撤回',
  paid: '资金池拨付',
  cost: '支付追偿费用',
  recovery: '追偿回款',
  interestProven: '证明银行利息（累计）',
  writeOff: '核销',
  refund: '收到退回的补偿',
  reversal: '冲销',
};
/** What the ledger has an entry for. */
const POSTED = ['paid', 'recovery', 'writeOff', 'refund', 'reversal'];

/** 办理经过: what happened, in its order, with amounts, reasons and, for those who may see it, the entry. */
export function Timeline({ claim }: { claim: Claim }) {
  const ledger = may(useMe(), 'ledger.read');
  return (
    <section aria-label="办理经过">
      <h2>办理经过</h2>
      <AntTimeline
        items={claim.events.map((event) => ({
          key: event.id,
          color: event.reversed || ['returned', 'refused', 'withdrawn'].includes(event.kind) ? 'gray' : 'blue',
          content: (
            <>
              {event.occurredOn}　{WORDS[event.kind] ?? event.kind}
              {event.amount && `　${yuan(event.amount)}`}
              {event.recordedBy && <span className="hint">　{event.mine ? '本人' : event.recordedBy}</span>}
              {event.reversed && '（已冲销）'}
              {ledger && isPosted(event) && '　'}
              {ledger && isPosted(event) && <Link to={entryAt(claim.poolCode, event.reference)}>凭证</Link>}
              <div className="hint">{wordsOf(event)}</div>
            </>
          ),
        }))}
      />
    </section>
  );
}

const isPosted = ({ kind, paidBy, amount }: ClaimEvent): boolean =>
  (POSTED.includes(kind) && amount !== '0.00') || (kind === 'cost' && paidBy === 'pool');

const yuan = (value: string): string => `${formatYuan(money(value))} 元`;

/** What was said or noted with it. */
function wordsOf({ details, receiptNo, recordedOn, occurredOn, belongsTo }: ClaimEvent): string {
  const said = (details ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof said[name] === 'string' ? (said[name] as string) : undefined);
  const [recognised, compensation] = [text('recognised'), text('compensation')];
  return [
    text('reason') && `理由：${text('reason')}`,
    text('note') && `意见：${text('note')}`,
    recognised && `核定本金 ${yuan(recognised)}`,
    compensation && `补偿 ${yuan(compensation)}`,
    typeof said.queueNo === 'number' && `拨付次序第 ${said.queueNo}`,
    receiptNo && `回单号 ${receiptNo}`,
    recordedOn !== occurredOn && `${recordedOn} 登记`,
    belongsTo && `属于 ${belongsTo} 的事项，记入当月`,
  ]
    .filter(Boolean)
    .join('；');
}

import { HOLIDAY_NOTICES } from '../../calendar/notices.ts';
import type { Folder } from '../folder.ts';
import { type ChecklistClause, checklist } from '../kinds/checklist.ts';
import { claimBase } from '../kinds/claim-base.ts';
import { claimWindow } from '../kinds/claim-window.ts';
import { lossEvent } from '../kinds/loss-event.ts';
import { panel } from '../kinds/panel.ts';
import { refund } from '../kinds/refund.ts';
import { reviewClocks } from '../kinds/review-clocks.ts';
import { shortfall } from '../kinds/shortfall.ts';
import { stated } from '../kinds/stated.ts';
import type { ClaimRules } from '../policy.ts';

const STANDARD = '参照团体标准《科技信贷风险补偿金规范》（2024 年）附录';
const OVERDUE = { overdueSince: '2026-06-12', classification: 'substandard', classifiedOn: '2026-09-11' } as const;

/**
 * How claims are made and decided, where a document's own articles were not seen: example values, each with its mark,
 * which an operator replaces by the issuer's figure and article.
 */
export function exampleClaimRules(folder: Folder): ClaimRules {
  const { code, since, unseen } = folder;
  return {
    event: lossEvent({
      id: `${code}.lossEvent`,
      title: '风险事件',
      versions: since(
        { overdueMoreThan: 90, classifiedAtLeast: 'substandard', demandOrSuit: true },
        unseen('A', '本金逾期超过 90 天、五级分类次级及以下并已催收或起诉，为示例'),
      ),
      cases: [
        {
          says: '2026 年 6 月 12 日到期未还，9 月 11 日逾期满 91 天、归为次级并已催收，风险事件当日成立',
          on: '2026-10-15',
          input: { ...OVERDUE, demandedOn: '2026-09-11' },
          expected: '2026-09-11',
        },
        {
          says: '此前已起诉，以最后满足的条件为准',
          on: '2026-10-15',
          input: { ...OVERDUE, classifiedOn: '2026-09-30', suedOn: '2026-08-01' },
          expected: '2026-09-30',
        },
        { says: '未催收也未起诉，尚未成立', on: '2026-10-15', input: OVERDUE, expected: null },
        {
          says: '归为关注，尚未成立',
          on: '2026-10-15',
          input: { ...OVERDUE, classification: 'specialMention', demandedOn: '2026-09-11' },
          expected: null,
        },
      ],
    }),
    window: claimWindow({
      id: `${code}.claimWindow`,
      title: '申请期限',
      versions: since({ days: 120 }, unseen('T', '参照陕西再担保：风险事件发生后 120 日内')),
      cases: [
        {
          says: '9 月 11 日发生，最迟次年 1 月 9 日申请',
          on: '2026-09-11',
          input: '2026-09-11',
          expected: '2027-01-09',
        },
      ],
    }),
    base: claimBase({
      id: `${code}.claimBase`,
      title: '补偿基数',
      versions: since({ of: 'counted' }, unseen('A', '以未偿还的备案本金为基数，备案低于贷款的按比例折算，为示例')),
      cases: [
        {
          says: '全额备案，未还 239 万元即为基数',
          on: '2026-10-15',
          input: { unpaid: '2390000.00', lent: '2390000.00', counted: '2390000.00' },
          expected: '2390000.00',
        },
        {
          says: '贷 455 万元备案 364 万元，未还 100 万元，按 80% 折算为 80 万元',
          on: '2026-10-15',
          input: { unpaid: '1000000.00', lent: '4550000.00', counted: '3640000.00' },
          expected: '800000.00',
        },
      ],
    }),
    checks: checksOf(folder),
    checklist: checklistOf(folder),
    clocks: reviewClocks({
      id: `${code}.reviewClocks`,
      title: '办理时限',
      versions: since(
        {
          steps: [
            { code: 'countyReview', label: '合作单位审核', workingDays: 10 },
            { code: 'regionalReview', label: '主管部门审核', workingDays: 15 },
            { code: 'payment', label: '拨付', workingDays: 10 },
          ],
        },
        unseen('A', '合作单位 10、主管部门 15、拨付 10 个工作日为示例'),
      ),
      cases: [
        {
          says: '9 月 14 日申请，应于 9 月 28 日前审核；9 月 24 日审完，主管部门应于 10 月 22 日前审核',
          on: '2026-09-14',
          input: {
            submittedOn: '2026-09-14',
            done: { countyReview: '2026-09-24' },
            today: '2026-10-08',
            notices: HOLIDAY_NOTICES,
          },
          expected: [
            {
              step: 'countyReview',
              label: '合作单位审核',
              startedOn: '2026-09-14',
              dueOn: '2026-09-28',
              provisional: false,
              doneOn: '2026-09-24',
              state: 'done',
            },
            {
              step: 'regionalReview',
              label: '主管部门审核',
              startedOn: '2026-09-24',
              dueOn: '2026-10-22',
              provisional: false,
              doneOn: null,
              state: 'running',
            },
            {
              step: 'payment',
              label: '拨付',
              startedOn: null,
              dueOn: null,
              provisional: false,
              doneOn: null,
              state: 'waiting',
            },
          ],
        },
      ],
    }),
    panel: panel({
      id: `${code}.panel`,
      title: '集体研究',
      versions: since({ above: '5000000.00' }, unseen('A', '超过 500 万元的经集体研究为示例')),
      cases: [
        { says: '恰好 500 万元不必', on: '2026-10-15', input: '5000000.00', expected: false },
        { says: '超过 500 万元一分也须集体研究', on: '2026-10-15', input: '5000000.01', expected: true },
      ],
    }),
    shortfall: shortfall({
      id: `${code}.shortfall`,
      title: '资金不足',
      versions: since(
        { mode: 'wait', fallsOn: { code: 'bank', label: '合作银行' } },
        unseen('A', '补偿不超过资金池余额，不足支付全额的按批准先后等候，为示例'),
      ),
      cases: [
        {
          says: '各出资方余额都够，全额支付',
          on: '2026-10-15',
          input: {
            parts: [
              { party: 'region', amount: '956000.00', available: '3000000.00' },
              { party: 'county', amount: '956000.00', available: '956000.00' },
            ],
          },
          expected: {
            outcome: 'pay',
            pays: [
              { party: 'region', amount: '956000.00' },
              { party: 'county', amount: '956000.00' },
            ],
            lacking: '0.00',
          },
        },
        {
          says: '一方差一分，整笔等候，一分不付',
          on: '2026-10-15',
          input: {
            parts: [
              { party: 'region', amount: '956000.00', available: '3000000.00' },
              { party: 'county', amount: '956000.00', available: '955999.99' },
            ],
          },
          expected: {
            outcome: 'wait',
            pays: [
              { party: 'region', amount: '0.00' },
              { party: 'county', amount: '0.00' },
            ],
            lacking: '0.01',
          },
        },
      ],
    }),
    refund: refund({
      id: `${code}.refund`,
      title: '退回补偿和禁入',
      versions: since(
        {
          grounds: [
            { code: 'false', label: '提供虚假材料骗取补偿' },
            { code: 'ineligible', label: '不符合补偿条件而取得补偿' },
          ],
          banMonths: 36,
        },
        unseen('T', '参照同类办法：退回补偿资金，3 年内不受理其申请'),
      ),
      cases: [
        {
          says: '2026 年 11 月 2 日决定，禁入至 2029 年 11 月 2 日',
          on: '2026-11-02',
          input: '2026-11-02',
          expected: '2029-11-02',
        },
      ],
    }),
  };
}

function checksOf({ code, since, unseen }: Folder): ClaimRules['checks'] {
  return stated({
    id: `${code}.claimChecks`,
    title: '自动核对',
    resolvedBy: 'claimedOn',
    sentence: (labels) => `补偿申请自动核对：${labels}`,
    versions: since(
      {
        oneOf: [
          { code: 'identity', label: '企业名称和统一社会信用代码一致' },
          { code: 'contract', label: '合同号、借据号和资金池一致' },
          { code: 'amount', label: '申请金额等于未偿还备案本金乘以分担比例' },
          { code: 'extension', label: '展期与首次备案相衔接' },
          { code: 'representative', label: '法定代表人变更的转人工复核' },
          { code: 'once', label: '一笔贷款只申请一次，贷款未结清、未补偿、未撤销备案' },
          { code: 'currency', label: '币种为人民币' },
        ],
      },
      unseen('T', `${STANDARD}；一笔一次和币种为示例`),
    ),
    cases: [
      { says: '核对申请金额', on: '2026-10-15', input: 'amount', expected: true },
      { says: '不自动核对企业的经营前景', on: '2026-10-15', input: 'prospects', expected: false },
    ],
  });
}

function checklistOf({ code, since, unseen }: Folder): ChecklistClause {
  return checklist({
    id: `${code}.claimChecklist`,
    title: '申请材料',
    versions: since(
      {
        papers: [
          { code: 'application', label: '补偿申请函' },
          { code: 'loanContract', label: '借款合同（借据、展期协议）' },
          { code: 'debtor', label: '债务人基本资料' },
          { code: 'useProof', label: '贷款用途证明' },
          { code: 'demand', label: '催收或起诉材料' },
          { code: 'vouchers', label: '放款和还款凭证' },
          { code: 'account', label: '收款账户' },
          { code: 'payoutApproval', label: '代偿审批文件', only: 'guaranteed' },
          { code: 'guaranteeContract', label: '保证合同', only: 'guaranteed' },
          { code: 'entrustment', label: '委托担保合同', only: 'guaranteed' },
          { code: 'payoutProof', label: '代偿证明或通知', only: 'guaranteed' },
        ],
      },
      unseen('T', `${STANDARD}；催收或起诉材料随风险事件的条件列入，为示例`),
    ),
    cases: [
      {
        says: '信用贷款缺贷款用途证明',
        on: '2026-10-15',
        input: { guaranteed: false, has: ['application', 'loanContract', 'debtor', 'demand', 'vouchers', 'account'] },
        expected: ['useProof'],
      },
      {
        says: '担保贷款另缺四样',
        on: '2026-10-15',
        input: {
          guaranteed: true,
          has: ['application', 'loanContract', 'debtor', 'useProof', 'demand', 'vouchers', 'account'],
        },
        expected: ['payoutApproval', 'guaranteeContract', 'entrustment', 'payoutProof'],
      },
    ],
  });
}

import type { BreakerNoticeView } from './compensation-views.ts';
import type { DocumentKind } from './view-models.ts';

/** Every kind of document: what it is called in lists (and where its view says nothing else, its title), and its 发文机关代字. */
export const DOCUMENT_KINDS: Record<DocumentKind, { label: string; word: string }> = {
  consentLetter: { label: '贷款同意函', word: '宁科贷同' },
  filingNotice: { label: '备案通知书', word: '宁科贷备' },
  contributionConfirmation: { label: '出资确认书', word: '宁科贷资' },
  claimLetter: { label: '补偿申请函', word: '宁科贷申' },
  claimApproval: { label: '补偿审批表', word: '宁科贷审' },
  paymentNotice: { label: '拨付通知', word: '宁科贷拨' },
  recoveryDistribution: { label: '追偿分配单', word: '宁科贷追' },
  writeOffSheet: { label: '核销审核表', word: '宁科贷核' },
  breakerNotice: { label: '警示、暂停通知书', word: '宁科贷警' },
  subsidyApplication: { label: '补贴申请表', word: '宁科补申' },
  subsidyReview: { label: '补贴审核意见表', word: '宁科补审' },
  subsidyPublicity: { label: '拟补贴名单公示', word: '宁科补示' },
  subsidyDecision: { label: '补贴决定书', word: '宁科补决' },
  subsidyRefusal: { label: '不予补贴告知书', word: '宁科补告' },
  subsidyOrder: { label: '补贴资金拨款单', word: '宁科补拨' },
  subsidyClawback: { label: '补贴追回决定书', word: '宁科补追' },
  subsidySummary: { label: '补贴年度汇总表', word: '宁科补汇' },
  bankReconciliation: { label: '银行存款余额调节表', word: '宁科贷调' },
  annualPool: { label: '资金池年度报表', word: '宁科贷年' },
  annualContributor: { label: '出资方年度报表', word: '宁科贷资年' },
  settlementStatement: { label: '结算单', word: '宁科贷结' },
  monthlyLedger: { label: '月度台账', word: '宁科贷账' },
};

/** The title of a breaker notice, by what it does. */
export const BREAKER_TITLES: Record<BreakerNoticeView['action'], string> = {
  warn: '风险警示通知书',
  suspend: '暂停业务通知书',
  lift: '恢复业务通知书',
};

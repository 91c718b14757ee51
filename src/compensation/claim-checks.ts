import { DomainError } from '../errors.ts';
import { formatYuan, type Money, money, toWire } from '../money/money.ts';
import { foldName } from '../parties/uscc.ts';
import { type Check, checksOf } from '../policy/check.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { judgeClaimWindow } from '../policy/kinds/claim-window.ts';
import { judgeLossEvent } from '../policy/kinds/loss-event.ts';
import type { Policy } from '../policy/policy.ts';
import type { ClaimedLoan, ClaimFacts } from './claim.ts';
import { judgeOverdue } from './overdue.ts';
import { judgeParties } from './parties.ts';
import { type SharedLoss, shareLoss } from './shares.ts';

type Added = readonly AddedVersion[] | undefined;

/** A claim judged: every check in order, and the loss as it would be shared, where that can be said. */
export interface JudgedClaim {
  checks: Check[];
  shared?: SharedLoss;
}

/**
 * Judges a claim by itself: identity, contract, once only, currency, parties, loss event, window, amount, extensions, papers. It
 * may go on when no check is `fail`; `warn` is for a person to look at. Throws POLICY_OUTSIDE_DATES on the day claimed.
 */
export function checkClaim(policy: Policy, facts: ClaimFacts, added?: Added): JudgedClaim {
  const { claim, loan } = facts;
  const { checks: clause } = policy.claim;
  const say = checksOf(clause, valueOn(clause, claim.claimedOn, added));
  const found: Check[] = [];
  if (facts.bannedUntil !== undefined && claim.claimedOn <= facts.bannedUntil) found.push(banned(policy, facts, added));
  found.push(claim.currency === 'CNY' ? say.pass('CURRENCY', '币种为人民币') : wrongCurrency(say, claim.currency));
  if (!loan) {
    const at = { field: 'dueBillNo', value: claim.dueBillNo };
    found.push(say.fail('LOAN_UNKNOWN', `没有借据号为「${claim.dueBillNo}」的入池贷款`, at));
    return { checks: [...found, papersOf(policy, claim, false, added)] };
  }
  found.push(...identity(say, facts, loan), onceOnly(say, facts, loan), extensionsLinked(say, loan));
  found.push(...judgeParties(say, loan.guarantees, loan.guaranteed, claim.parties), payee(say, facts));
  found.push(representative(say, facts), ...happened(policy, facts, loan, added));
  const amount = amountChecks(policy, facts, loan, added);
  return { ...amount, checks: [...found, ...amount.checks, papersOf(policy, claim, loan.guaranteed, added)] };
}

type Say = ReturnType<typeof checksOf>;
const yuan = (m: Money): string => `${formatYuan(m)} 元`;

function wrongCurrency(say: Say, currency: string): Check {
  const message = `币种为「${currency}」，只受理人民币贷款的补偿申请`;
  return say.fail('CURRENCY_NOT_CNY', message, { field: 'currency', value: currency });
}

function banned(policy: Policy, { claim, bannedUntil }: ClaimFacts, added: Added): Check {
  const { refund } = policy.claim;
  const { fail } = checksOf(refund, valueOn(refund, claim.claimedOn, added));
  return fail('APPLICANT_BANNED', `该申请人在 ${bannedUntil} 以前不予受理`, {
    field: 'bankCode',
    value: claim.bankCode,
  });
}

/** Codes: IDENTITY; ENTERPRISE_DIFFERS, NAME_DIFFERS, CONTRACT_DIFFERS, WRONG_BANK, WRONG_POOL. */
function identity(say: Say, { claim, enterprise }: ClaimFacts, loan: ClaimedLoan): Check[] {
  const differs = (code: string, field: 'bankCode' | 'poolCode' | 'contractNo' | 'enterpriseUscc', what: string) =>
    claim[field] === loan[field]
      ? []
      : [say.fail(code, `${what}「${claim[field]}」与备案的「${loan[field]}」不一致`, { field, value: claim[field] })];
  const found = [
    ...differs('WRONG_POOL', 'poolCode', '资金池'),
    ...differs('WRONG_BANK', 'bankCode', '银行'),
    ...differs('CONTRACT_DIFFERS', 'contractNo', '合同号'),
    ...differs('ENTERPRISE_DIFFERS', 'enterpriseUscc', '统一社会信用代码'),
  ];
  if (enterprise && foldName(enterprise.name) !== foldName(claim.enterpriseName)) {
    const message = `企业名称「${claim.enterpriseName}」与登记的「${enterprise.name}」不一致`;
    found.push(say.fail('NAME_DIFFERS', message, { field: 'enterpriseName', value: claim.enterpriseName }));
  }
  return found.length > 0 ? found : [say.pass('IDENTITY', '企业、银行、资金池、合同号和借据号均与备案一致')];
}

/** Codes: CLAIMED_ONCE; LOAN_CLOSED, LOAN_REVOKED, ALREADY_COMPENSATED, CLAIM_DUPLICATE. */
function onceOnly(say: Say, { claim, others }: ClaimFacts, loan: ClaimedLoan): Check {
  const at = { field: 'dueBillNo', value: claim.dueBillNo };
  const name = `借据号「${claim.dueBillNo}」`;
  if (loan.status === 'paidOff') return say.fail('LOAN_CLOSED', `${name}的贷款已结清，没有可补偿的损失`, at);
  if (loan.status === 'revoked') return say.fail('LOAN_REVOKED', `${name}的备案已撤销，不予补偿`, at);
  if (loan.status === 'compensated') return say.fail('ALREADY_COMPENSATED', `${name}的贷款已经补偿`, at);
  const other = others[0];
  if (other) return say.fail('CLAIM_DUPLICATE', `${name}已有补偿申请（编号 ${other.id}），不能重复申请`, at);
  return say.pass('CLAIMED_ONCE', '该笔贷款未结清、未撤销、未补偿，没有其他补偿申请');
}

/** Codes: EXTENSION_LINKED, EXTENSION_UNLINKED. */
function extensionsLinked(say: Say, { firstMaturesOn, extensions, maturesOn }: ClaimedLoan): Check {
  let last = firstMaturesOn;
  for (const extension of extensions) {
    if (extension.maturesOn !== last) {
      const message = `展期记载的原到期日 ${extension.maturesOn} 与此前的到期日 ${last} 不衔接`;
      return say.fail('EXTENSION_UNLINKED', message, { field: 'maturesOn', value: extension.maturesOn });
    }
    last = extension.newMaturesOn;
  }
  if (last !== maturesOn) {
    const message = `到期日 ${maturesOn} 与首次备案及展期推得的 ${last} 不一致`;
    return say.fail('EXTENSION_UNLINKED', message, { field: 'maturesOn', value: maturesOn });
  }
  const words = extensions.length > 0 ? `展期 ${extensions.length} 次，均与首次备案衔接` : '未展期';
  return say.pass('EXTENSION_LINKED', `${words}，到期日 ${maturesOn}`);
}

/** Codes: REPRESENTATIVE; REPRESENTATIVE_CHANGED: a person looks at it; REPRESENTATIVE_NOT_CHECKED. */
function representative(say: Say, { claim, enterprise }: ClaimFacts): Check {
  const before = enterprise?.representativeAtFiling;
  const now = claim.legalRepresentative ?? enterprise?.legalRepresentative;
  if (!before || !now)
    return say.notChecked('REPRESENTATIVE_NOT_CHECKED', '备案时或现在的法定代表人未登记，未核对是否变更');
  if (foldName(before) === foldName(now)) return say.pass('REPRESENTATIVE', '法定代表人自备案以来未变更');
  const message = '法定代表人自备案以来已变更，须人工复核';
  return say.warn('REPRESENTATIVE_CHANGED', message, { field: 'legalRepresentative' });
}

/** Codes: PAYEE, PAYEE_DIFFERS; PAYEE_NOT_STATED: then the paper that shows it counts. */
function payee({ pass, fail, notChecked }: Say, { claim: { payeeName }, payees }: ClaimFacts): Check {
  if (payeeName === undefined) return notChecked('PAYEE_NOT_STATED', '未填报收款账户，以所附收款账户材料为准');
  if (payees.some((name) => foldName(name) === foldName(payeeName)))
    return pass('PAYEE', `收款户名「${payeeName}」与登记的名称一致`);
  const message = `收款户名「${payeeName}」与登记的名称不一致，应为${payees.join('或')}`;
  return fail('PAYEE_DIFFERS', message, { field: 'payee.accountName', value: payeeName });
}

function happened(policy: Policy, { claim }: ClaimFacts, loan: ClaimedLoan, added: Added): Check[] {
  const { event } = loan;
  const { event: clause, window } = policy.claim;
  const version = valueOn(clause, claim.claimedOn, added);
  const found = judgeLossEvent(clause, version, event, claim.claimedOn);
  if (found.verdict !== 'pass') return [found];
  const early = judgeOverdue(policy, loan, claim.claimedOn, added);
  if (early) return [early];
  const happenedOn = clause.apply(version.value, event)!;
  const deadline = { happenedOn, claimedOn: claim.claimedOn };
  return [found, judgeClaimWindow(window, valueOn(window, happenedOn, added), deadline)];
}

/**
 * Codes: UNPAID, UNPAID_TOO_HIGH, UNPAID_TOO_LOW; COUNTED_UNPAID_DIFFERS; CLAIM_AMOUNT, CLAIM_AMOUNT_TOO_HIGH,
 * CLAIM_AMOUNT_TOO_LOW; CLAIM_PANEL; and what the shares refuse, e.g. LOSS_FACT_MISSING.
 */
function amountChecks(policy: Policy, facts: ClaimFacts, loan: ClaimedLoan, added: Added): JudgedClaim {
  const { claim, caps } = facts;
  const { base, event } = policy.claim;
  const say = checksOf(base, valueOn(base, claim.claimedOn, added));
  const unpaid = unpaidCheck(say, claim.unpaidPrincipal, loan.outstandingPrincipal);
  if (claim.unpaidPrincipal.gt(loan.principal) || !claim.unpaidPrincipal.gt(0)) return { checks: [unpaid] };
  const happenedOn = event.apply(valueOn(event, claim.claimedOn, added).value, loan.event) ?? claim.claimedOn;
  const { principal, countedPrincipal, facts: about } = loan;
  const loss = { unpaidPrincipal: claim.unpaidPrincipal, principal, countedPrincipal, facts: about, caps };
  const shared = sharedOrFault(policy, { ...loss, occurredOn: happenedOn, claimedOn: claim.claimedOn }, added);
  if ('code' in shared) return { checks: [unpaid, shared] };
  const checks = [unpaid];
  if (!claim.countedUnpaid.eq(shared.countedUnpaid)) {
    const message = `未偿还备案本金填报 ${yuan(claim.countedUnpaid)}，应为 ${yuan(shared.countedUnpaid)}`;
    const at = { field: 'countedUnpaid', value: toWire(claim.countedUnpaid), explanation: shared.explanation };
    checks.push(say.fail('COUNTED_UNPAID_DIFFERS', message, at));
  }
  checks.push(
    requestedCheck(checksOf(policy.lossShares, valueOn(policy.lossShares, happenedOn, added)), shared, claim),
  );
  if (panelNeeded(policy, facts, shared, added)) checks.push(panelCheck(policy, facts, shared, added));
  return { checks, shared };
}

function unpaidCheck({ pass, fail }: Say, claimed: Money, known: Money): Check {
  const at = { field: 'unpaidPrincipal', value: toWire(claimed) };
  const words = `未偿还本金填报 ${yuan(claimed)}，系统余额 ${yuan(known)}`;
  if (!claimed.gt(0)) return fail('UNPAID_TOO_LOW', `${words}，没有损失`, at);
  if (claimed.gt(known)) return fail('UNPAID_TOO_HIGH', `${words}，高于余额`, at);
  if (claimed.lt(known)) return fail('UNPAID_TOO_LOW', `${words}，低于余额，请先报送还款`, at);
  return pass('UNPAID', words);
}

function requestedCheck(
  { pass, fail }: Say,
  { compensation, cites, explanation }: SharedLoss,
  { requested }: ClaimFacts['claim'],
): Check {
  const at = { field: 'requested', value: toWire(requested), cites, explanation };
  const words = `申请金额 ${yuan(requested)}，按分担比例应为 ${yuan(compensation)}`;
  if (requested.gt(compensation)) return fail('CLAIM_AMOUNT_TOO_HIGH', words, at);
  if (requested.lt(compensation)) return fail('CLAIM_AMOUNT_TOO_LOW', words, at);
  return pass('CLAIM_AMOUNT', words, { cites, explanation });
}

/** The shares, or the check that says why there are none. */
function sharedOrFault(policy: Policy, loss: Parameters<typeof shareLoss>[1], added: Added): SharedLoss | Check {
  try {
    return shareLoss(policy, loss, added);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const clause = error.code === 'CAP_FACT_MISSING' ? policy.lossCaps! : policy.lossShares;
    const { fail, cites } = checksOf(clause, clause.versions[0]!);
    const field = error.errors[0]?.field;
    return fail(error.code, error.message, { field, cites: error.cites.length > 0 ? error.cites : cites });
  }
}

function panelNeeded(policy: Policy, { claim }: ClaimFacts, { compensation }: SharedLoss, added: Added): boolean {
  const { panel } = policy.claim;
  return panel.apply(valueOn(panel, claim.claimedOn, added).value, toWire(compensation));
}

function panelCheck(policy: Policy, { claim }: ClaimFacts, { compensation }: SharedLoss, added: Added): Check {
  const { panel } = policy.claim;
  const version = valueOn(panel, claim.claimedOn, added);
  const limit = yuan(money(version.value.above));
  return checksOf(panel, version).warn('CLAIM_PANEL', `补偿金额 ${yuan(compensation)} 超过 ${limit}，须经集体研究`);
}

/** Codes: PAPERS, PAPERS_MISSING naming them. Throws POLICY_OUTSIDE_DATES on the day claimed. */
export function papersOf(
  policy: Policy,
  { claimedOn, papers }: Pick<ClaimFacts['claim'], 'claimedOn' | 'papers'>,
  guaranteed: boolean,
  added: Added,
): Check {
  const { checklist } = policy.claim;
  const version = valueOn(checklist, claimedOn, added);
  const { pass, fail } = checksOf(checklist, version);
  const lacking = checklist.apply(version.value, { guaranteed, has: papers });
  if (lacking.length === 0) return pass('PAPERS', '申请材料齐全');
  const names = version.value.papers.filter(({ code }) => lacking.includes(code)).map(({ label }) => label);
  return fail('PAPERS_MISSING', `缺少${names.join('、')}`, { field: 'papers' });
}

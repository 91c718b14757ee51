import { Exact, formatYuan, money } from '../money/money.ts';
import type { Check } from '../policy/check.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { foldUse, type LineRequest, neededOf } from './request.ts';

/** One thing an applicant states of a cost, beside what it was checked against. */
export interface LineFact {
  field: string;
  label: string;
  stated: string | null;
  /** what the register, the filing or the clause says; null: nothing to hold it against */
  checked: string | null;
  verdict: 'agrees' | 'differs' | 'notChecked';
}

const COUNTERPARTY: Record<SubsidyKind, string> = {
  premium: '保险公司',
  interest: '贷款银行',
  guaranteeFee: '担保机构',
  valuationFee: '评估机构',
  rndProject: '合作单位',
};
const MONEY: readonly string[] = ['paid', 'principal', 'otherMoney'];
const TERMS = ['principal', 'annualRate', 'startsOn', 'endsOn'] as const;
/** Fields that name what may be used once. */
const ONCE: readonly string[] = ['policyNo', 'invoiceNos', 'dueBillNo', 'contractNo', 'pledgeNo'];

/** What is known beside what an applicant says of a line. */
export interface KnownOfLine {
  /** whether the counterparty is on the register of partners; undefined: it was not looked up */
  partner: boolean | undefined;
  /** the line with what the filing of its loan says; null: no loan of the programme */
  filed: LineRequest | null;
  /** the day that the window counts, and what the clause says of it */
  counts: string;
  period: Check | undefined;
}

/** What a line states, each beside what it was checked against, in the order people read it. */
export function lineFacts(line: LineRequest, known: KnownOfLine): LineFact[] {
  const fields = neededOf(line.kind).filter(({ field }) => field !== 'vouchers');
  const stated = (field: keyof LineRequest): string | null => wordsOf(field, line[field]);
  const facts = fields.map(({ field, label }): LineFact => {
    const fact = { field, label, stated: stated(field) };
    const filed = known.filed && TERMS.find((term) => term === field) ? wordsOf(field, known.filed[field]) : null;
    if (filed !== null) return { ...fact, checked: `备案：${filed}`, verdict: agreed(fact.stated, filed) };
    if (field === known.counts && known.period)
      return {
        ...fact,
        checked: known.period.message,
        verdict: known.period.verdict === 'pass' ? 'agrees' : 'differs',
      };
    return { ...fact, checked: null, verdict: 'notChecked' };
  });
  return [partnerFact(line, known), ...facts, ...loanFact(line, known), ...otherFact(line)];
}

/** Marks what may be used once: `taken` are the values that another application has, folded as they are compared. */
export function withUses(facts: readonly LineFact[], taken: readonly string[]): LineFact[] {
  return facts.map((fact): LineFact => {
    if (!ONCE.includes(fact.field) || fact.stated === null || fact.checked !== null) return fact;
    const used = fact.stated.split('、').some((value) => taken.includes(foldUse(value)));
    return used
      ? { ...fact, checked: '已用于其他补贴申请', verdict: 'differs' }
      : { ...fact, checked: '未用于其他补贴申请', verdict: 'agrees' };
  });
}

function partnerFact({ kind, counterparty }: LineRequest, { partner }: KnownOfLine): LineFact {
  const fact = { field: 'counterparty', label: COUNTERPARTY[kind], stated: counterparty };
  if (partner === undefined) return { ...fact, checked: null, verdict: 'notChecked' };
  return partner
    ? { ...fact, checked: '在科技金融合作机构名录内', verdict: 'agrees' }
    : { ...fact, checked: '不在科技金融合作机构名录内', verdict: 'differs' };
}

function loanFact({ kind, dueBillNo }: LineRequest, { filed }: KnownOfLine): LineFact[] {
  if (kind !== 'interest') return [];
  const checked = filed ? '已备案的贷款，以备案和余额为准' : '没有备案，以企业填报和凭证为准';
  const verdict = filed ? 'agrees' : 'notChecked';
  return [{ field: 'loan', label: '贷款备案', stated: dueBillNo ?? null, checked, verdict }];
}

function otherFact({ otherMoney }: LineRequest): LineFact[] {
  const stated = otherMoney === undefined ? '未申报' : `${formatYuan(money(otherMoney))} 元`;
  return [{ field: 'otherMoney', label: '其他财政资金', stated, checked: null, verdict: 'notChecked' }];
}

const agreed = (stated: string | null, filed: string): LineFact['verdict'] =>
  stated === null || stated === filed ? 'agrees' : 'differs';

function wordsOf(field: string, value: unknown): string | null {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value)) return value.join('、');
  if (MONEY.includes(field)) return `${formatYuan(money(`${value}`))} 元`;
  return field === 'annualRate' ? `${new Exact(`${value}`).toFixed()}%` : `${value}`;
}

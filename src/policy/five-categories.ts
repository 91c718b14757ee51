/** 五级分类, from best to worst. */
export type LoanClassification = 'normal' | 'specialMention' | 'substandard' | 'doubtful' | 'loss';

/** The five classes from best to worst, with their label and national code. */
export const CLASSIFICATIONS: { code: LoanClassification; label: string; nationalCode: string }[] = [
  { code: 'normal', label: '正常', nationalCode: '01' },
  { code: 'specialMention', label: '关注', nationalCode: '02' },
  { code: 'substandard', label: '次级', nationalCode: '03' },
  { code: 'doubtful', label: '可疑', nationalCode: '04' },
  { code: 'loss', label: '损失', nationalCode: '05' },
];

/** Whether a class is 不良: 次级, 可疑 or 损失. */
export function isNonPerforming(c: LoanClassification): boolean {
  return rank(c) >= rank('substandard');
}

/** Whether class a is better (less severe) than class b. */
export function isBetter(a: LoanClassification, b: LoanClassification): boolean {
  return rank(a) < rank(b);
}

function rank(c: LoanClassification): number {
  return CLASSIFICATIONS.findIndex((entry) => entry.code === c);
}

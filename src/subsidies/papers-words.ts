import type { LocalDate } from '../calendar/local-date.ts';
import type { PrintedOpinion } from '../documents/parts.ts';
import type { PrintedRemedy } from '../documents/subsidy-views.ts';
import { longDate, yuan } from '../documents/wording.ts';
import type { Citation } from '../errors.ts';

const REVIEW: Citation = {
  document: '《中华人民共和国行政复议法》（2023 年修订）',
  article: '第二十条第一款、第二十四条第一款',
  confirmed: true,
};
const LAWSUIT: Citation = {
  document: '《中华人民共和国行政诉讼法》（2017 年修正）',
  article: '第四十六条第一款',
  confirmed: true,
};

/** 救济途径 of a decision on a subsidy: sixty days for 行政复议, six months for a lawsuit (行政复议法 Articles 20, 24; 行政诉讼法 Article 46). */
export const remedy = (paper: '决定书' | '告知书'): PrintedRemedy => ({
  text:
    `如不服本决定，可以自收到本${paper}之日起六十日内，依法向本级人民政府申请行政复议；` +
    `也可以自收到本${paper}之日起六个月内，直接向有管辖权的人民法院提起行政诉讼。`,
  cites: [REVIEW, LAWSUIT],
});

const OPINIONS = {
  recommended: { step: '审核推荐', verdict: '同意推荐' },
  reviewed: { step: '形式审查', verdict: '审查通过' },
  audited: { step: '审计', verdict: '审核通过' },
  decided: { step: '核定', verdict: '同意补贴' },
  refused: { step: '审核', verdict: '不予补贴' },
} as const;

/** Events in which somebody gave an opinion. */
export const isOpinion = (kind: string): kind is keyof typeof OPINIONS => kind in OPINIONS;

/** What one reviewer said, as the review sheet prints it. `note`: what they typed; `amount`: what they decided, in 元. */
export function opinionOf(
  kind: keyof typeof OPINIONS,
  { note, amount, ...who }: { unit: string; by: string; on: string; note: string | null; amount: string | null },
): PrintedOpinion {
  const { step, verdict } = OPINIONS[kind];
  const decided = kind === 'decided' && amount !== null ? `核定补贴金额 ${yuan(amount)} 元。` : '';
  const said = (note ?? '').trim();
  // Words that say the verdict already stand for it.
  if (said.includes(verdict)) return { step, ...who, verdict: said.replace(/[。；]$/u, ''), text: decided };
  return { step, ...who, verdict, text: `${sentence(said)}${decided}` };
}

/** Words that somebody typed, ending as a sentence does. */
export const sentence = (words: string): string => (words === '' || /[。！？]$/u.test(words) ? words : `${words}。`);

/** What an enterprise has to do with a subsidy. */
export const KEEP_BOOKS =
  '补贴资金应当按照国家统一的会计制度核算，有关凭证和资料妥善保存，配合科技、财政、审计部门的监督检查。';

/** 集体研究 as it is kept with an application. */
export interface KeptPanel {
  decidedOn: LocalDate;
  members: string[];
  recused?: string[];
  substitutes?: string[];
}

/** 集体研究 as a sentence. */
export function panelSentence({ decidedOn, members, recused = [], substitutes = [] }: KeptPanel): string {
  const parts = [
    `${longDate(decidedOn)}经集体研究同意，参加人员：${members.join('、')}`,
    ...(recused.length > 0 ? [`回避人员：${recused.join('、')}`] : []),
    ...(substitutes.length > 0 ? [`递补人员：${substitutes.join('、')}`] : []),
  ];
  return `${parts.join('；')}。`;
}

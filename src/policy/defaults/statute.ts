import type { Clause } from '../clause.ts';
import { type Classification, classification } from '../kinds/classification.ts';

/** 五级分类: a statute, binding on every bank under every policy; its own dates apply. `code` is the policy's. */
export function classificationFloor(code: string): Clause<Classification, number, string> {
  return classification({
    id: `${code}.classification`,
    title: '五级分类下限',
    versions: [
      {
        effectiveFrom: '2023-07-01',
        value: {
          floors: [
            { overdueMoreThan: 0, atLeast: 'specialMention' },
            { overdueMoreThan: 90, atLeast: 'substandard' },
            { overdueMoreThan: 270, atLeast: 'doubtful' },
            { overdueMoreThan: 360, atLeast: 'loss' },
          ],
        },
        citation: {
          document: '《商业银行金融资产风险分类办法》（中国银行保险监督管理委员会 中国人民银行令〔2023〕第1号）',
          article: '第十条至第十三条',
          mark: 'F',
          confirmed: true,
          source: '2023 年 2 月 10 日公布，2023 年 7 月 1 日起施行',
        },
      },
    ],
    cases: [
      { says: '未逾期可以是正常', on: '2026-10-31', input: 0, expected: 'normal' },
      { says: '逾期 1 天至少关注', on: '2026-10-31', input: 1, expected: 'specialMention' },
      { says: '逾期 90 天仍可为关注', on: '2026-10-31', input: 90, expected: 'specialMention' },
      { says: '逾期 91 天至少次级', on: '2026-10-31', input: 91, expected: 'substandard' },
      { says: '逾期 141 天至少次级', on: '2026-10-31', input: 141, expected: 'substandard' },
      { says: '逾期 271 天至少可疑', on: '2026-10-31', input: 271, expected: 'doubtful' },
      { says: '逾期 361 天至少损失', on: '2026-10-31', input: 361, expected: 'loss' },
    ],
  });
}

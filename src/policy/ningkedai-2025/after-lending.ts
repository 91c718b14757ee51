import { classification as classificationKind } from '../kinds/classification.ts';
import { extension as extensionKind } from '../kinds/extension.ts';
import { monthlyDay } from '../kinds/monthly-day.ts';
import { CODE, since, unseen } from './document.ts';

export const extension = extensionKind({
  id: `${CODE}.extension`,
  title: '展期',
  versions: since({ times: 1, months: 6, keepsReserve: true }, unseen('A', '到期前提出、一次、不超过 6 个月为示例')),
  cases: [
    {
      says: '2027 年 3 月 5 日到期，最迟展期至 9 月 5 日',
      on: '2027-02-01',
      input: '2027-03-05',
      expected: '2027-09-05',
    },
    { says: '8 月 31 日到期，最迟展期至次年 2 月末', on: '2026-08-01', input: '2026-08-31', expected: '2027-02-28' },
  ],
});

export const reporting = monthlyDay({
  id: `${CODE}.reporting`,
  title: '月度报送',
  what: '报送上月贷款余额',
  versions: since(
    { day: 10, suspendsFilings: true },
    unseen('A', '按月报送参照山东省 2025 年办法；10 日及逾期暂停备案为示例'),
  ),
  cases: [
    { says: '2026 年 10 月的余额，11 月 10 日前报送', on: '2026-10-31', input: '2026-10', expected: '2026-11-10' },
  ],
});

export const settlement = monthlyDay({
  id: `${CODE}.settlement`,
  title: '月度结算',
  what: '结算上月',
  versions: since({ day: 10, suspendsFilings: false }, unseen('A', '次月 10 日结算为示例')),
  cases: [{ says: '2026 年 12 月在次年 1 月 10 日结算', on: '2026-12-31', input: '2026-12', expected: '2027-01-10' }],
});

/** A statute, older than the document and binding on every bank: its own dates apply. */
export const classification = classificationKind({
  id: `${CODE}.classification`,
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

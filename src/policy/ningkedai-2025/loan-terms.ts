import { rateCap as rateCapKind } from '../kinds/rate-cap.ts';
import { term as termKind } from '../kinds/term.ts';
import { CODE, since, unseen } from './document.ts';

export const term = termKind({
  id: `${CODE}.term`,
  title: '贷款期限',
  versions: since({ months: 12 }, unseen('T', '参照天府科创贷、园科贷：不超过 12 个月，可续贷')),
  cases: [
    { says: '2026 年 3 月 5 日放款，最迟次年同日到期', on: '2026-03-05', input: '2026-03-05', expected: '2027-03-05' },
    {
      says: '闰年 2 月 29 日放款，最迟次年 2 月 28 日到期',
      on: '2028-02-29',
      input: '2028-02-29',
      expected: '2029-02-28',
    },
  ],
});

export const rateCap = rateCapKind({
  id: `${CODE}.rateCap`,
  title: '利率上限',
  versions: since(
    { tenor: '1Y', anchor: 'atSigning', basisPoints: 150 },
    unseen('A', 'LPR 改革前为基准利率上浮不超过 30%（科技日报 2019 年 7 月 16 日）；改按 LPR-1Y 加 150 基点为示例'),
  ),
  cases: [
    { says: 'LPR-1Y 为 3.00% 时上限 4.50%', on: '2026-03-05', input: '3.00', expected: '4.50' },
    { says: 'LPR-1Y 为 2.95% 时上限 4.45%', on: '2026-03-05', input: '2.95', expected: '4.45' },
  ],
});

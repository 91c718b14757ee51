import { classificationFloor } from '../defaults/statute.ts';
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

export const classification = classificationFloor(CODE);

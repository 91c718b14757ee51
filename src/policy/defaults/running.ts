import { HOLIDAY_NOTICES } from '../../calendar/notices.ts';
import type { Clause } from '../clause.ts';
import type { FilingRule } from '../filing.ts';
import type { Folder } from '../folder.ts';
import { cap as capKind, capRule } from '../kinds/cap.ts';
import { counted, countedRule } from '../kinds/counted.ts';
import { extension } from '../kinds/extension.ts';
import { filingDeadline, filingDeadlineRule } from '../kinds/filing-deadline.ts';
import { filingMode, filingModeRule } from '../kinds/filing-mode.ts';
import { loanCount, loanCountRule } from '../kinds/first-loan.ts';
import { leverage } from '../kinds/leverage.ts';
import { match } from '../kinds/match.ts';
import { monthlyDay } from '../kinds/monthly-day.ts';
import { renewal, renewalRule } from '../kinds/renewal.ts';
import { reviewDays } from '../kinds/review-days.ts';
import type { Policy } from '../policy.ts';
import { classificationFloor } from './statute.ts';

type Named = Pick<
  Policy,
  ('leverage' | 'match' | 'cap' | 'review' | 'renewal') | ('extension' | 'reporting' | 'settlement' | 'classification')
>;

/** What a programme runs on from day to day: the named clauses, and those that judge filings. */
export interface Running {
  named: Named;
  clauses: Clause[];
  filing: FilingRule[];
}

const BORROWED = '该文件公开内容未见此项';

/**
 * What a pool needs to run at all and a document known only by its shares does not tell: example values, carried over
 * from the programme of 2025. `cap`: the document's own, where it is known.
 */
export function exampleRunning(folder: Folder, cap: Named['cap'] = exampleCap(folder)): Running {
  const named = { ...namedOf(folder), cap };
  const rules = filingOf(folder, named);
  return {
    named,
    clauses: [
      ...[named.match, named.leverage, named.review, ...rules.map(({ clause }) => clause)],
      ...[named.extension, named.reporting, named.settlement, named.classification],
    ],
    filing: rules,
  };
}

function filingOf({ code, since, unseen }: Folder, { cap, renewal: renews }: Named): FilingRule[] {
  return [
    capRule(cap),
    countedRule(
      counted({
        id: `${code}.countedAmount`,
        title: '备案金额',
        versions: since({ mayBeLower: true }, unseen('A', `${BORROWED}，备案金额可以低于贷款金额为示例`)),
        cases: [
          {
            says: '只备案一部分，可以',
            on: '2026-04-10',
            input: { principal: '2.00', counted: '1.00' },
            expected: true,
          },
          {
            says: '备案高于贷款，不可以',
            on: '2026-04-10',
            input: { principal: '1.00', counted: '2.00' },
            expected: false,
          },
        ],
      }),
    ),
    filingModeRule(
      filingMode({
        id: `${code}.filingMode`,
        title: '备案方式',
        versions: since(
          { afterDrawdown: true, beforeLendingMonths: 3 },
          unseen('A', `${BORROWED}，两种方式并行为示例`),
        ),
        cases: [
          {
            says: '放款后备案',
            on: '2026-04-10',
            input: { filedOn: '2026-04-10', disbursedOn: '2026-01-12' },
            expected: 'afterDrawdown',
          },
        ],
      }),
    ),
    filingDeadlineRule(
      filingDeadline({
        id: `${code}.filingDeadline`,
        title: '备案期限',
        versions: since({ months: 3, rollsForward: true }, unseen('A', `${BORROWED}，放款后 3 个月内备案为示例`)),
        cases: [
          {
            says: '1 月 20 日放款，最迟 4 月 20 日备案',
            on: '2026-04-20',
            input: { disbursedOn: '2026-01-20', notices: HOLIDAY_NOTICES },
            expected: { lastDay: '2026-04-20', provisional: false },
          },
        ],
      }),
    ),
    loanCountRule(
      loanCount({
        id: `${code}.loanCount`,
        title: '首次贷款和笔数',
        versions: since({ mostLoans: null }, unseen('A', `${BORROWED}，不限笔数为示例`)),
        cases: [{ says: '第一笔贷款', on: '2026-04-10', input: { previousLoans: 0, firstLoan: true }, expected: 'ok' }],
      }),
    ),
    renewalRule(renews),
  ];
}

function exampleCap({ code, since, unseen }: Folder): Named['cap'] {
  return capKind({
    id: `${code}.enterpriseCap`,
    title: '单户上限',
    versions: since(
      {
        standard: '5000000.00',
        byTitle: [{ code: 'nationalHighTech', label: '国家高新技术企业', cap: '10000000.00' }],
        withRelated: false,
      },
      unseen('A', `${BORROWED}，沿用宁科贷一般企业 500 万元、国家高新技术企业 1000 万元为示例`),
    ),
    cases: [
      { says: '一般企业 500 万元', on: '2026-04-10', input: { on: '2026-04-10', titles: [] }, expected: '5000000.00' },
    ],
  });
}

function namedOf({ code, since, unseen }: Folder): Omit<Named, 'cap'> {
  return {
    review: reviewDays({
      id: `${code}.review`,
      title: '审核时限',
      versions: since({ cooperatingUnit: 10, region: 15 }, unseen('A', `${BORROWED}，10 个、15 个工作日为示例`)),
      cases: [
        {
          says: '4 月 10 日受理，合作单位最迟 4 月 24 日审核',
          on: '2026-04-10',
          input: { by: 'cooperatingUnit', filedOn: '2026-04-10', notices: HOLIDAY_NOTICES },
          expected: { dueOn: '2026-04-24', provisional: false },
        },
      ],
    }),
    match: match({
      id: `${code}.match`,
      title: '配套比例和期限',
      versions: since(
        { by: { code: 'region', label: '上级' }, percent: '0', dueDays: 90 },
        unseen('A', `${BORROWED}，不要求配套为示例`),
      ),
      cases: [
        {
          says: '出资 300 万元，不要求配套',
          on: '2026-01-05',
          input: { amount: '3000000.00', contributedOn: '2026-01-05' },
          expected: { amount: '0.00', dueOn: '2026-04-05' },
        },
      ],
    }),
    leverage: leverage({
      id: `${code}.leverage`,
      title: '放大倍数',
      versions: since('10', unseen('A', `${BORROWED}，10 倍为示例`)),
      cases: [{ says: '600 万元支持 6000 万元', on: '2026-04-13', input: '6000000.00', expected: '60000000.00' }],
    }),
    renewal: renewal({
      id: `${code}.renewal`,
      title: '续贷',
      versions: since({ allowed: true }, unseen('A', `${BORROWED}，可以续贷并注明原合同号为示例`)),
      cases: [
        {
          says: '注明同一企业已入池的原合同',
          on: '2026-11-20',
          input: { contractNo: 'B2', renewsContractNo: 'B1', renewed: { sameEnterprise: true, consented: true } },
          expected: 'ok',
        },
      ],
    }),
    extension: extension({
      id: `${code}.extension`,
      title: '展期',
      versions: since(
        { times: 1, months: 6, keepsReserve: true },
        unseen('A', `${BORROWED}，一次、不超过 6 个月为示例`),
      ),
      cases: [
        { says: '3 月 5 日到期，最迟展期至 9 月 5 日', on: '2027-02-01', input: '2027-03-05', expected: '2027-09-05' },
      ],
    }),
    reporting: monthlyDay({
      id: `${code}.reporting`,
      title: '月度报送',
      what: '报送上月贷款余额',
      versions: since({ day: 10, suspendsFilings: true }, unseen('A', `${BORROWED}，次月 10 日前报送为示例`)),
      cases: [{ says: '10 月的余额，11 月 10 日前报送', on: '2026-10-31', input: '2026-10', expected: '2026-11-10' }],
    }),
    settlement: monthlyDay({
      id: `${code}.settlement`,
      title: '月度结算',
      what: '结算上月',
      versions: since({ day: 10, suspendsFilings: false }, unseen('A', `${BORROWED}，次月 10 日结算为示例`)),
      cases: [{ says: '12 月在次年 1 月 10 日结算', on: '2026-12-31', input: '2026-12', expected: '2027-01-10' }],
    }),
    classification: classificationFloor(code),
  };
}

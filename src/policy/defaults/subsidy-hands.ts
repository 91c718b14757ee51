import { HOLIDAY_NOTICES } from '../../calendar/notices.ts';
import type { Folder } from '../folder.ts';
import { panel } from '../kinds/panel.ts';
import { reviewClocks } from '../kinds/review-clocks.ts';
import { subsidyPledge } from '../kinds/subsidy-pledge.ts';
import type { Scheme } from '../scheme.ts';

const UNSEEN = '该文件公开内容未见此项';
const CASE_DAY = '2026-09-01';

/** What an enterprise promises where its document prescribes no text. */
const PLEDGE = {
  title: '诚信承诺书',
  statements: [
    '本企业已知悉申报条件、程序和责任，自愿申报。',
    '所填内容和所附材料真实、完整、有效，复印件与原件一致。',
    '申报的支出已由本企业实际支付；同一保险单、发票、贷款或者质押没有重复申报，已取得的其他财政资金均已如实填报。',
    '本企业近两年没有严重违法和严重失信行为，没有不得申报的其他情形。',
    '补贴资金按规定核算和使用，配合科技、财政、审计部门核查；所填事项有变化的，及时报告。',
    '弄虚作假的，同意撤销补贴、退回已拨付的资金，并承担规定期限内不得申报等后果。',
  ],
};

/** What is promised and who decides in which time, where a document does not tell it: example values, marked as such. */
export function exampleHands({ code, since, unseen }: Folder): Pick<Scheme, 'pledge' | 'clocks' | 'panel'> {
  return {
    pledge: subsidyPledge({
      id: `${code}.pledge`,
      title: '诚信承诺',
      versions: since(PLEDGE, unseen('A', `${UNSEEN}，承诺内容为示例，以主管部门印发的承诺书为准`)),
      cases: [
        {
          says: '承诺书写明由谁承诺',
          on: CASE_DAY,
          input: '示例科技有限公司',
          expected: [
            PLEDGE.title,
            ...PLEDGE.statements.map((statement, i) => `${'一二三四五六'[i]}、${statement}`),
            '承诺企业：示例科技有限公司',
          ].join('\n'),
        },
      ],
    }),
    clocks: exampleClocks({ code, since, unseen }),
    panel: {
      ...panel({
        id: `${code}.panel`,
        title: '集体研究',
        versions: since({ above: '500000.00' }, unseen('A', `${UNSEEN}，一户超过 50 万元的经集体研究为示例`)),
        cases: [
          { says: '恰好 50 万元的不用集体研究', on: CASE_DAY, input: '500000.00', expected: false },
          { says: '超过 50 万元的须经集体研究', on: CASE_DAY, input: '500000.01', expected: true },
        ],
      }),
      resolvedBy: 'askedOn',
    },
  };
}

function exampleClocks({ code, since, unseen }: Pick<Folder, 'code' | 'since' | 'unseen'>): Scheme['clocks'] {
  const steps = [
    { code: 'recommend', label: '县（市、区）审核推荐', workingDays: 10 },
    { code: 'review', label: '形式审查', workingDays: 10 },
    { code: 'audit', label: '审计意见', workingDays: 15 },
    { code: 'decide', label: '核定', workingDays: 10 },
  ];
  const clause = reviewClocks({
    id: `${code}.clocks`,
    title: '办理时限',
    versions: since({ steps }, unseen('A', `${UNSEEN}，各步骤的工作日数为示例`)),
    cases: [
      {
        says: '9 月 18 日受理，10 个工作日遇中秋、国庆假期顺延；尚未推荐的，后面的步骤还没有开始',
        on: '2026-09-18',
        input: { submittedOn: '2026-09-18', done: {}, today: '2026-09-21', notices: HOLIDAY_NOTICES },
        expected: [
          {
            ...{ step: 'recommend', label: '县（市、区）审核推荐', startedOn: '2026-09-18', dueOn: '2026-10-09' },
            ...{ provisional: false, doneOn: null, state: 'running' },
          },
          ...steps.slice(1).map(({ code: step, label }) => ({
            ...{ step, label, startedOn: null, dueOn: null, provisional: false, doneOn: null },
            state: 'waiting' as const,
          })),
        ],
      },
    ],
  });
  return { ...clause, resolvedBy: 'askedOn' };
}

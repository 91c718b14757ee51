import { HOLIDAY_NOTICES } from '../../calendar/notices.ts';
import type { Folder } from '../folder.ts';
import { subsidyBudget } from '../kinds/subsidy-budget.ts';
import { type SubsidyPapers, subsidyPapers } from '../kinds/subsidy-papers.ts';
import { subsidyBatches, subsidyClawback, subsidyPublicity } from '../kinds/subsidy-way.ts';
import type { Scheme } from '../scheme.ts';

const UNSEEN = '该文件公开内容未见此项';
const CASE_DAY = '2026-03-05';

/** The papers that such applications ask for everywhere; one list for all documents that were not seen to differ. */
export const USUAL_PAPERS: SubsidyPapers = {
  all: [
    { code: 'applicationForm', label: '申请表' },
    { code: 'integrityPledge', label: '诚信承诺书' },
    { code: 'businessLicence', label: '营业执照' },
    { code: 'titleCertificate', label: '资质证书' },
    { code: 'statements', label: '近两年财务报表' },
    { code: 'receivingAccount', label: '开户行、户名和账号' },
  ],
  byKind: [
    {
      kind: 'premium',
      papers: [
        { code: 'insurancePolicy', label: '保险单' },
        { code: 'premiumInvoice', label: '保费发票' },
        { code: 'premiumTransfer', label: '保费转账回单' },
      ],
    },
    {
      kind: 'interest',
      papers: [
        { code: 'loanContract', label: '贷款合同' },
        { code: 'dueBill', label: '借据' },
        { code: 'loanVouchers', label: '到账、还款和付息凭证' },
      ],
    },
    {
      kind: 'guaranteeFee',
      papers: [
        { code: 'guaranteeContract', label: '担保合同' },
        { code: 'guaranteeInvoice', label: '担保费发票' },
        { code: 'guaranteeTransfer', label: '担保费付款凭证' },
      ],
    },
    {
      kind: 'valuationFee',
      papers: [
        { code: 'ipCertificate', label: '知识产权证书' },
        { code: 'pledgeNotice', label: '质权登记通知书' },
        { code: 'valuationInvoice', label: '评估费发票和付款凭证' },
      ],
    },
    { kind: 'rndProject', papers: [{ code: 'rndLedger', label: '研发项目立项文件和研发支出辅助账' }] },
  ],
};

/** The way from the application to the money where a document does not tell it: example values, marked as such. */
export function exampleWay(folder: Folder): Pick<Scheme, 'papers' | 'batches' | 'budget' | 'publicity' | 'clawback'> {
  const { code, since, unseen } = folder;
  return {
    papers: subsidyPapers({
      id: `${code}.papers`,
      title: '申报材料',
      versions: since(USUAL_PAPERS, unseen('T', '各地科技金融补助申报通知所列材料；具体清单以主管部门通知为准')),
      cases: [
        {
          says: '保费补贴缺转账回单',
          on: CASE_DAY,
          input: {
            kinds: ['premium'],
            has: [...USUAL_PAPERS.all.map((paper) => paper.code), 'insurancePolicy', 'premiumInvoice'],
          },
          expected: ['premiumTransfer'],
        },
      ],
    }),
    batches: subsidyBatches({
      id: `${code}.batches`,
      title: '受理批次',
      versions: since({ closeOn: ['04-30', '09-30'] }, unseen('T', '银川市 2018 年做法：4 月底、9 月底各截止一批')),
      cases: [
        {
          says: '4 月 30 日申报仍在第一批',
          on: '2026-04-30',
          input: '2026-04-30',
          expected: { year: 2026, batch: 1, closesOn: '2026-04-30' },
        },
        {
          says: '5 月 1 日起为第二批',
          on: '2026-05-01',
          input: '2026-05-01',
          expected: { year: 2026, batch: 2, closesOn: '2026-09-30' },
        },
        {
          says: '10 月以后计入下一年度',
          on: '2026-10-01',
          input: '2026-10-01',
          expected: { year: 2027, batch: 1, closesOn: '2027-04-30' },
        },
      ],
    }),
    budget: exampleBudget(folder),
    publicity: subsidyPublicity({
      id: `${code}.publicity`,
      title: '公示',
      versions: since({ workingDays: 5 }, unseen('A', `${UNSEEN}，公示 5 个工作日为示例`)),
      cases: [
        {
          says: '国庆前公示，长假不计，10 月 10 日补班计入',
          on: '2026-09-28',
          input: { publishedOn: '2026-09-28', notices: HOLIDAY_NOTICES },
          expected: { endsOn: '2026-10-10', provisional: false },
        },
      ],
    }),
    clawback: subsidyClawback({
      id: `${code}.clawback`,
      title: '追回和禁止申报',
      versions: since(
        { banYears: 3, allSchemes: true },
        unseen('A', `${UNSEEN}，弄虚作假的 3 年内不得申报各项补贴为示例`),
      ),
      cases: [
        {
          says: '2026 年 11 月 20 日作出决定，三年后方可再申报',
          on: '2026-11-20',
          input: '2026-11-20',
          expected: '2029-11-20',
        },
      ],
    }),
  };
}

function exampleBudget({ code, since, unseen }: Folder): Scheme['budget'] {
  return subsidyBudget({
    id: `${code}.budget`,
    title: '预算控制',
    versions: since(
      { mode: 'proRata', rest: 'lapses', partial: true },
      unseen('A', `${UNSEEN}，超出预算时按比例核减为示例`),
    ),
    cases: PRO_RATA_CASES,
  });
}

/** Worked cases of a budget that is shared in proportion. */
export const PRO_RATA_CASES: Scheme['budget']['cases'] = [
  {
    says: '预算足够的，各得应得数',
    on: CASE_DAY,
    input: { available: '100.00', asked: [{ key: 'a', amount: '60.00', received: 1 }] },
    expected: { given: [{ key: 'a', amount: '60.00' }], left: '40.00' },
  },
  {
    says: '三户各申请 100 元，预算 100 元：按比例各得三分之一，余下的一分给排在前面的',
    on: CASE_DAY,
    input: {
      available: '100.00',
      asked: [
        { key: 'c', amount: '100.00', received: 1 },
        { key: 'a', amount: '100.00', received: 2 },
        { key: 'b', amount: '100.00', received: 3 },
      ],
    },
    expected: {
      given: [
        { key: 'c', amount: '33.33' },
        { key: 'a', amount: '33.34' },
        { key: 'b', amount: '33.33' },
      ],
      left: '0.00',
    },
  },
];

import { HOLIDAY_NOTICES } from '../../calendar/notices.ts';
import { filingDeadline as filingDeadlineKind } from '../kinds/filing-deadline.ts';
import { filingMode as filingModeKind } from '../kinds/filing-mode.ts';
import { loanCount as loanCountKind } from '../kinds/first-loan.ts';
import { renewal as renewalKind } from '../kinds/renewal.ts';
import { reviewDays } from '../kinds/review-days.ts';
import { CODE, since, unseen } from './document.ts';

export const filingMode = filingModeKind({
  id: `${CODE}.filingMode`,
  title: '备案方式',
  versions: since(
    { afterDrawdown: true, beforeLendingMonths: 3 },
    unseen('A', '先同意后放款依中卫市 2023 年问答，放款后备案参照鲁科贷；两种并行及 3 个月为示例'),
  ),
  cases: [
    {
      says: '1 月放款 4 月备案，属于放款后备案',
      on: '2026-04-10',
      input: { filedOn: '2026-04-10', disbursedOn: '2026-01-12' },
      expected: 'afterDrawdown',
    },
    {
      says: '计划下月放款，先同意后放款',
      on: '2026-04-10',
      input: { filedOn: '2026-04-10', disbursedOn: '2026-05-08' },
      expected: 'beforeLending',
    },
    {
      says: '放款日写到 2062 年，不受理',
      on: '2026-04-10',
      input: { filedOn: '2026-04-10', disbursedOn: '2062-04-08' },
      expected: 'notAllowed',
    },
  ],
});

export const filingDeadline = filingDeadlineKind({
  id: `${CODE}.filingDeadline`,
  title: '备案期限',
  versions: since({ months: 3, rollsForward: true }, unseen('T', '参照鲁科贷 2023 年：放款后 3 个月内备案')),
  cases: [
    {
      says: '2026 年 1 月 20 日放款，最迟 4 月 20 日备案',
      on: '2026-04-20',
      input: { disbursedOn: '2026-01-20', notices: HOLIDAY_NOTICES },
      expected: { lastDay: '2026-04-20', provisional: false },
    },
    {
      says: '末日 4 月 5 日在清明假期内，顺延至 4 月 7 日',
      on: '2026-04-07',
      input: { disbursedOn: '2026-01-05', notices: HOLIDAY_NOTICES },
      expected: { lastDay: '2026-04-07', provisional: false },
    },
    {
      says: '11 月 30 日放款，2 月没有 30 日，以月末 28 日为准，逢周日顺延（2027 年放假安排未公布，暂按周末推算）',
      on: '2026-12-01',
      input: { disbursedOn: '2026-11-30', notices: HOLIDAY_NOTICES },
      expected: { lastDay: '2027-03-01', provisional: true },
    },
  ],
});

export const loanCount = loanCountKind({
  id: `${CODE}.loanCount`,
  title: '首次贷款和笔数',
  versions: since({ mostLoans: null }, unseen('F', '「宁科贷」2020 年起不限笔数；首次贷款的口径依中卫市 2023 年问答')),
  cases: [
    { says: '第一笔贷款', on: '2026-04-10', input: { previousLoans: 0, firstLoan: true }, expected: 'ok' },
    {
      says: '已有贷款却填首次',
      on: '2026-04-10',
      input: { previousLoans: 2, firstLoan: true },
      expected: 'notFirst',
    },
    {
      says: '填非首次而系统内没有更早的贷款，无从核对',
      on: '2026-04-10',
      input: { previousLoans: 0, firstLoan: false },
      expected: 'notKnown',
    },
    { says: '笔数不限，第十笔也可以', on: '2026-04-10', input: { previousLoans: 9, firstLoan: false }, expected: 'ok' },
  ],
});

export const renewal = renewalKind({
  id: `${CODE}.renewal`,
  title: '续贷',
  versions: since({ allowed: true }, unseen('T', '参照鲁科贷：续贷走简易流程，注明原合同号')),
  cases: [
    {
      says: '注明同一企业已入池的原合同',
      on: '2026-11-20',
      input: { contractNo: 'B2', renewsContractNo: 'B1', renewed: { sameEnterprise: true, consented: true } },
      expected: 'ok',
    },
    {
      says: '原合同号查不到',
      on: '2026-11-20',
      input: { contractNo: 'B2', renewsContractNo: 'B0' },
      expected: 'unknown',
    },
    {
      says: '原合同是别家企业的',
      on: '2026-11-20',
      input: { contractNo: 'B2', renewsContractNo: 'B1', renewed: { sameEnterprise: false, consented: true } },
      expected: 'unknown',
    },
    {
      says: '合同不能是自己的续贷',
      on: '2026-11-20',
      input: { contractNo: 'B1', renewsContractNo: 'B1', renewed: { sameEnterprise: true, consented: true } },
      expected: 'unknown',
    },
    {
      says: '原合同从未入池',
      on: '2026-11-20',
      input: { contractNo: 'B2', renewsContractNo: 'B1', renewed: { sameEnterprise: true, consented: false } },
      expected: 'withoutPredecessor',
    },
  ],
});

export const review = reviewDays({
  id: `${CODE}.review`,
  title: '审核时限',
  versions: since({ cooperatingUnit: 10, region: 15 }, unseen('A', '合作单位 10 个、自治区 15 个工作日为示例')),
  cases: [
    {
      says: '2026 年 4 月 10 日受理，合作单位最迟 4 月 24 日审核',
      on: '2026-04-10',
      input: { by: 'cooperatingUnit', filedOn: '2026-04-10', notices: HOLIDAY_NOTICES },
      expected: { dueOn: '2026-04-24', provisional: false },
    },
    {
      says: '9 月 28 日受理，遇国庆假期，假期不计，合作单位最迟 10 月 16 日审核',
      on: '2026-09-28',
      input: { by: 'cooperatingUnit', filedOn: '2026-09-28', notices: HOLIDAY_NOTICES },
      expected: { dueOn: '2026-10-16', provisional: false },
    },
    {
      says: '12 月 25 日受理，自治区的时限跨入 2027 年，放假安排未公布，暂按周末推算',
      on: '2026-12-25',
      input: { by: 'region', filedOn: '2026-12-25', notices: HOLIDAY_NOTICES },
      expected: { dueOn: '2027-01-15', provisional: true },
    },
  ],
});

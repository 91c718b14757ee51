import { leverage as leverageKind } from '../kinds/leverage.ts';
import { match as matchKind } from '../kinds/match.ts';
import { stated } from '../kinds/stated.ts';
import { article, CODE, since, unseen } from './document.ts';

/** 第二条: who funds the risk money. */
export const contributors = stated({
  id: `${CODE}.contributors`,
  title: '出资方',
  resolvedBy: 'contributedOn',
  sentence: (labels) => `风险补偿资金由${labels}共同出资设立`,
  versions: since(
    {
      oneOf: [
        { code: 'region', label: '自治区财政' },
        { code: 'cooperatingUnit', label: '市县（区）财政及合作单位' },
        { code: 'otherUnit', label: '其他出资单位' },
      ],
    },
    article('第二条'),
  ),
  cases: [
    { says: '县科技局作为合作单位可以出资', on: '2026-01-05', input: 'cooperatingUnit', expected: true },
    { says: '借款企业不是出资方', on: '2026-01-05', input: 'enterprise', expected: false },
  ],
});

/** 第二条: what the risk money compensates. */
export const compensated = stated({
  id: `${CODE}.compensated`,
  title: '补偿范围',
  resolvedBy: 'occurredOn',
  sentence: (labels) => `风险补偿资金只补偿${labels}`,
  versions: since({ oneOf: [{ code: 'principal', label: '贷款本金损失' }] }, article('第二条')),
  cases: [
    { says: '本金损失予以补偿', on: '2026-10-15', input: 'principal', expected: true },
    { says: '利息损失不予补偿', on: '2026-10-15', input: 'interest', expected: false },
  ],
});

/** 第二条 says that the region matches 合作单位 in a set proportion; the proportion itself was not seen. */
export const match = matchKind({
  id: `${CODE}.match`,
  title: '配套比例和期限',
  versions: since(
    { by: { code: 'region', label: '自治区' }, percent: '100', dueDays: 90 },
    {
      ...article('第二条'),
      mark: 'A',
      confirmed: false,
      source: '第二条只规定按一定比例配套；1:1 依试点及平罗县资金池（300 万元 + 300 万元）的做法，90 日为示例',
    },
  ),
  cases: [
    {
      says: '平罗县 1 月 5 日出资 300 万元，自治区应配套 300 万元，90 日内到位',
      on: '2026-01-05',
      input: { amount: '3000000.00', contributedOn: '2026-01-05' },
      expected: { amount: '3000000.00', dueOn: '2026-04-05' },
    },
    {
      says: '平罗县 10 月 9 日增资 50 万元，自治区应配套 50 万元',
      on: '2026-10-09',
      input: { amount: '500000.00', contributedOn: '2026-10-09' },
      expected: { amount: '500000.00', dueOn: '2027-01-07' },
    },
  ],
});

/** 放大倍数: the banks lend a multiple of the pool. */
export const leverage = leverageKind({
  id: `${CODE}.leverage`,
  title: '放大倍数',
  versions: since(
    '10',
    unseen('A', '银行按资金池的 5 至 10 倍放贷（科技日报 2019 年 7 月 16 日；平罗县 2021 年），取上限为示例'),
  ),
  cases: [
    { says: '600 万元资金池可支持 6000 万元备案余额', on: '2026-04-13', input: '6000000.00', expected: '60000000.00' },
    { says: '资金池为零时不能再支持任何备案', on: '2026-04-13', input: '0.00', expected: '0.00' },
  ],
});

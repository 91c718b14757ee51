import { HOLIDAY_NOTICES } from '../../calendar/notices.ts';
import type { Folder } from '../folder.ts';
import { breaker } from '../kinds/breaker.ts';
import { contributionReturn, topUp } from '../kinds/capital.ts';
import { recovery } from '../kinds/recovery.ts';
import { stated } from '../kinds/stated.ts';
import { writeOff } from '../kinds/write-off.ts';
import type { Policy } from '../policy.ts';

type AfterLoss = Pick<
  Policy,
  ('recovery' | 'writeOff' | 'breaker' | 'topUp' | 'contributionReturn') | ('depositIncome' | 'revocation')
>;

/** What follows a loss, where a document's own articles were not seen: example values, see `exampleClaimRules`. */
export function exampleAfterLoss(folder: Folder): AfterLoss {
  const { code, since, unseen } = folder;
  return {
    recovery: recovery({
      id: `${code}.recovery`,
      title: '追偿分配',
      versions: since({ remitWorkingDays: 10 }, unseen('A', '先抵费用、按实际承担累计分配、10 个工作日内汇缴为示例')),
      cases: [
        {
          says: '9 月 28 日收到的回款，隔中秋、国庆假期，最迟 10 月 16 日汇缴',
          on: '2026-09-28',
          input: { obtainedOn: '2026-09-28', notices: HOLIDAY_NOTICES },
          expected: { dueOn: '2026-10-16', provisional: false },
        },
      ],
    }),
    writeOff: writeOff({
      id: `${code}.writeOff`,
      title: '核销',
      versions: since(
        { months: 24, orCourtOrder: true, panelAbove: '1000000.00' },
        unseen('A', '追偿满 2 年或法院裁定终结执行、两人办理、超过 100 万元经集体研究，为示例'),
      ),
      cases: [
        {
          says: '2026 年 10 月 15 日支付，2028 年 10 月 15 日起可以核销',
          on: '2028-10-15',
          input: { paidOn: '2026-10-15' },
          expected: '2028-10-15',
        },
        {
          says: '2027 年 3 月 1 日法院裁定终结执行，当日起可以核销',
          on: '2027-03-01',
          input: { paidOn: '2026-10-15', courtOrderOn: '2027-03-01' },
          expected: '2027-03-01',
        },
      ],
    }),
    breaker: breakerOf(folder),
    topUp: topUp({
      id: `${code}.topUp`,
      title: '补充出资',
      versions: since({ floor: '20' }, unseen('A', '净额低于累计出资的 20% 时补充出资为示例')),
      cases: [
        {
          says: '出资 600 万元，净额 100 万元，差 20 万元',
          on: '2026-10-15',
          input: { contributed: '6000000.00', capital: '1000000.00' },
          expected: '200000.00',
        },
        {
          says: '净额恰好 20%，不必补充',
          on: '2026-10-15',
          input: { contributed: '6000000.00', capital: '1200000.00' },
          expected: '0.00',
        },
      ],
    }),
    contributionReturn: contributionReturn({
      id: `${code}.contributionReturn`,
      title: '退回出资',
      versions: since({ allowed: true }, unseen('A', '退回和终止清算均以未被贷款占用的部分为限，为示例')),
      cases: [
        {
          says: '出资 300 万元，应收追偿 90.8 万元，占用 100 万元，最多退回 109.2 万元',
          on: '2026-11-20',
          input: { contributed: '3000000.00', receivable: '908000.00', reserved: '1000000.00' },
          expected: '1092000.00',
        },
        {
          says: '占用多于余额，不能退回',
          on: '2026-11-20',
          input: { contributed: '1000000.00', receivable: '900000.00', reserved: '200000.00' },
          expected: '0.00',
        },
      ],
    }),
    depositIncome: stated({
      id: `${code}.depositIncome`,
      title: '专户利息与手续费',
      resolvedBy: 'occurredOn',
      sentence: (labels) => `专户存款利息归各出资方，银行手续费由各出资方承担，${labels}`,
      versions: since(
        { oneOf: [{ code: 'holdings', label: '按此前各方的出资余额分摊' }] },
        unseen('A', '公开内容未见专户利息的归属；科技担保基金子基金包括各项资金的收益，比照为示例'),
      ),
      cases: [
        { says: '利息按各方此前的出资余额分配', on: '2026-10-21', input: 'holdings', expected: true },
        { says: '不缴入财政', on: '2026-10-21', input: 'treasury', expected: false },
      ],
    }),
    revocation: stated({
      id: `${code}.revocation`,
      title: '撤销备案',
      resolvedBy: 'occurredOn',
      sentence: (labels) => `有下列情形之一的撤销备案，释放准备金，不予补偿：${labels}`,
      versions: since(
        {
          oneOf: [
            { code: 'misuse', label: '挪用贷款' },
            { code: 'relocation', label: '企业迁出业务区域' },
            { code: 'titleLost', label: '丧失资质或逾期未取得资质' },
          ],
        },
        unseen('T', '参照鲁科贷'),
      ),
      cases: [
        { says: '挪用贷款撤销备案', on: '2026-11-20', input: 'misuse', expected: true },
        { says: '更换法定代表人不撤销', on: '2026-11-20', input: 'representative', expected: false },
      ],
    }),
  };
}

function breakerOf({ code, since, unseen }: Folder): Policy['breaker'] {
  const scopes: ('bank' | 'cooperatingUnit' | 'pool')[] = ['bank', 'cooperatingUnit', 'pool'];
  return breaker({
    id: `${code}.breaker`,
    title: '熔断',
    versions: since(
      {
        lines: [
          { measure: 'nonPerforming', scopes, warn: '5', suspend: '8', stops: 'filings' },
          { measure: 'compensation', scopes, warn: '5', suspend: '8', stops: 'filings' },
        ],
      },
      unseen('T', '5% 警示、8% 暂停参照湖北省 2025 年做法（其暂停受理补偿申请），改为暂停受理新备案为示例'),
    ),
    cases: [
      {
        says: '10 月末不良 227 万元，贷款余额 23,677,276.29 元，9.59%，暂停受理新备案',
        on: '2026-10-31',
        input: { measure: 'nonPerforming', scope: 'bank', over: '2270000.00', under: '23677276.29' },
        expected: { level: 'suspend', stops: 'filings' },
      },
      {
        says: '恰好 8% 即暂停',
        on: '2026-10-31',
        input: { measure: 'nonPerforming', scope: 'pool', over: '8.00', under: '100.00' },
        expected: { level: 'suspend', stops: 'filings' },
      },
      {
        says: '7.9999% 不因四舍五入而暂停，只警示',
        on: '2026-10-31',
        input: { measure: 'nonPerforming', scope: 'pool', over: '79999.00', under: '1000000.00' },
        expected: { level: 'warn', stops: null },
      },
      {
        says: '补偿率 4.99% 未到警示线',
        on: '2026-10-31',
        input: { measure: 'compensation', scope: 'cooperatingUnit', over: '4.99', under: '100.00' },
        expected: { level: 'ok', stops: null },
      },
    ],
  });
}

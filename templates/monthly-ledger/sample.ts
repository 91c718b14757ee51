import { codeFromHash } from '../../src/documents/verification-code.ts';
import type { MonthlyLedgerRow, MonthlyLedgerView } from '../../src/documents/view-models.ts';
import { documentNumber } from '../../src/documents/wording.ts';

const verificationCode = codeFromHash('3a94c1f07be25d6813aa5e0f29c7b4d8');
const BANK = '石嘴山银行股份有限公司';
const ENTERPRISES = [
  '宁夏沐能精密机械有限公司',
  '宁夏启纳节能环保有限公司',
  '宁夏禾纳生物科技有限公司',
  '宁夏源微数据服务有限公司',
  '宁夏犇垚㐂枸杞深加工科技有限责任公司',
  '宁夏瀚川葡萄酒工程有限公司平罗县红崖子园区第二分公司',
];

/** A ledger of `count` made-up loans; the fourth of every hundred is overdue. */
export function sampleLedger(count: number): MonthlyLedgerView {
  return {
    title: '风险补偿贷款月度台账',
    number: documentNumber('宁科贷账', 2026, 10),
    programme: '宁夏科技型中小企业风险补偿贷款（宁科贷）',
    issuer: '平罗县科学技术局',
    issuedOn: '2026-11-10',
    provisionalFigures: true,
    cites: [
      { document: '《宁夏科技型中小企业风险补偿贷款管理办法》', article: '第二条', confirmed: true },
      { document: '《宁夏科技型中小企业风险补偿贷款管理办法》', article: '放大倍数条款', confirmed: false },
    ],
    verificationCode,
    verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
    poolName: '平罗县风险补偿资金池',
    bankName: BANK,
    period: '2026-10',
    rows: Array.from({ length: count }, (_, i) => loan(i)),
    notes: [
      { kind: 'adjustment', belongsTo: '2026-08', text: 'SZSJJ202675434504 补报归还本金 1,200.00 元，计入本期。' },
    ],
  };
}

function loan(i: number): MonthlyLedgerRow {
  const overdue = i % 100 === 3;
  return {
    dueBillNo: `SZSJJ2026${String(36414424 + i * 7919).slice(-8)}`,
    enterprise: ENTERPRISES[i % ENTERPRISES.length]!,
    bank: BANK,
    principal: `${1_000_000 + (i % 90) * 50_000}.00`,
    countedPrincipal: `${800_000 + (i % 90) * 40_000}.00`,
    annualRate: ['3.65', '3.45', '4.05'][i % 3]!,
    disbursedOn: '2026-02-22',
    maturesOn: '2027-02-22',
    outstandingPrincipal: `${900_000 + (i % 90) * 50_000}.${String(i % 100).padStart(2, '0')}`,
    countedOutstanding: `${720_000 + (i % 90) * 40_000}.${String(i % 100).padStart(2, '0')}`,
    reserve: `${72_000 + (i % 90) * 4_000}.${String((i * 7) % 100).padStart(2, '0')}`,
    classification: overdue ? '次级' : '正常',
    overdueDays: overdue ? 141 : 0,
  };
}

export const sample: MonthlyLedgerView = sampleLedger(48);

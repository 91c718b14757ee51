import type { AnnualStatementView } from '../../src/documents/annual-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';

const MEASURES = '《宁夏科技型中小企业风险补偿贷款管理办法》';
const scope = { document: MEASURES, article: '第二条', confirmed: true };
const leverage = { document: MEASURES, article: '放大倍数条款', confirmed: false };
const head = '1c9e0c5b9a1e44f28c6670b1d2e8f39a5b4c1d0e6f7a8b9c0d1e2f3a4b5c6d7e';
const verificationCode = codeFromHash(head);
const month = (period: string, ...amounts: string[]) => ({ period, amounts });

/** 平罗 in 2026: the year a compensation was paid. */
export const sample: AnnualStatementView = {
  title: '风险补偿资金池年度报表',
  number: documentNumber('宁科贷年', 2027, 1),
  programme: '宁夏科技型中小企业风险补偿贷款（宁科贷）',
  issuer: '宁夏回族自治区科学技术厅',
  issuedOn: '2027-01-15',
  provisionalFigures: true,
  cites: [scope, leverage],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  poolName: '平罗县风险补偿资金池',
  partyName: '平罗县风险补偿资金池',
  partyKind: '资金池',
  ...{ year: 2026, first: '2026-01', last: '2026-12' },
  sections: [
    {
      ...{ name: '专户存款', opening: '0.00', movements: '4724737.93', closing: '4724737.93' },
      lines: [
        { name: '出资到账', amount: '6500000.00', cites: [scope] },
        { name: '风险补偿', amount: '-1912000.00', cites: [scope] },
        { name: '追偿回款', amount: '120000.00', cites: [] },
        { name: '存款利息', amount: '4512.33', cites: [] },
        { name: '银行手续费', amount: '-120.00', cites: [] },
        { name: '待查款项', amount: '12345.60', cites: [] },
      ],
    },
    {
      ...{ name: '各方出资', opening: '0.00', movements: '6504392.33', closing: '6504392.33' },
      lines: [
        { name: '出资到账', amount: '6500000.00', cites: [] },
        { name: '存款利息', amount: '4512.33', cites: [] },
        { name: '银行手续费', amount: '-120.00', cites: [] },
      ],
    },
    {
      ...{ name: '应收追偿款', opening: '0.00', movements: '1816000.00', closing: '1816000.00' },
      lines: [
        { name: '风险补偿', amount: '1912000.00', cites: [] },
        { name: '追偿回款', amount: '-96000.00', cites: [] },
      ],
    },
  ],
  figures: [
    { name: '出资到账', amount: '6500000.00' },
    { name: '退回出资', amount: '0.00' },
    { name: '拨付风险补偿', amount: '1912000.00' },
    { name: '追偿回款', amount: '120000.00' },
    { name: '核销', amount: '0.00' },
    { name: '存款利息', amount: '4512.33' },
    { name: '银行手续费', amount: '120.00' },
  ],
  monthNames: ['专户存款', '各方出资', '应收追偿款', '待查及应付款', '贷款余额'],
  months: [
    month('2026-01', '6000000.00', '6000000.00', '0.00', '0.00', '0.00'),
    ...['2026-02', '2026-03'].map((p) => month(p, '6000000.00', '6000000.00', '0.00', '0.00', '0.00')),
    ...['04', '05', '06', '07', '08', '09'].map((m) =>
      month(`2026-${m}`, '6000000.00', '6000000.00', '0.00', '0.00', '38470602.41'),
    ),
    ...['10', '11', '12'].map((m) =>
      month(`2026-${m}`, '4724737.93', '6504392.33', '1816000.00', '36345.60', '23677276.29'),
    ),
  ],
  carried: [
    { code: '1002', name: '银行存款（受托代理）', owner: '6402200155550001', amount: '4724737.93' },
    { code: '1218', name: '应收追偿款', owner: '宁夏回族自治区科学技术厅', amount: '908000.00' },
    { code: '1218', name: '应收追偿款', owner: '平罗县科学技术局', amount: '908000.00' },
    { code: '2307', name: '其他应付款（待查及应付各方）', owner: '待查款项', amount: '12345.60' },
    { code: '2307', name: '其他应付款（待查及应付各方）', owner: '石嘴山银行股份有限公司', amount: '24000.00' },
    { code: '2901', name: '受托代理负债（各方出资）', owner: '宁夏回族自治区科学技术厅', amount: '3002027.23' },
    { code: '2901', name: '受托代理负债（各方出资）', owner: '平罗县科学技术局', amount: '3502365.10' },
  ],
  ratios: [
    { name: '不良率', value: '9.59 %', note: '不良贷款余额 2,270,000.00 元 ÷ 贷款余额 23,677,276.29 元' },
    { name: '风险补偿率', value: '4.95 %', note: '累计补偿 1,912,000.00 元 ÷ 累计备案 38,634,000.00 元' },
  ],
  notes: [
    { kind: 'provisional', text: '有银行未报送月报，按暂定数结算，迟到的月报记入以后月份', belongsTo: '2026-12' },
    { kind: 'remark', text: '2026-11 未经银行对账，经两人说明理由后结账：开户行系统切换，未出具对账单' },
  ],
  totalInWords: [
    { name: '专户存款年末数', amount: '4724737.93' },
    { name: '各方出资年末数', amount: '6504392.33' },
    { name: '应收追偿款年末数', amount: '1816000.00' },
  ],
  ledger: { head, entries: 214 },
};

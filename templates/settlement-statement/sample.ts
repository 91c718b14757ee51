import { codeFromHash } from '../../src/documents/verification-code.ts';
import type { SettlementStatementView } from '../../src/documents/view-models.ts';
import { documentNumber } from '../../src/documents/wording.ts';

const MEASURES = '《宁夏科技型中小企业风险补偿贷款管理办法》';
const scope = { document: MEASURES, article: '第二条', confirmed: true };
const match = { document: MEASURES, article: '配套出资条款', confirmed: false };
const shares = { document: MEASURES, article: '第三条（分担比例）', confirmed: false };
const recovery = { document: MEASURES, article: '追偿分配条款', confirmed: false };
const head = '7d3f0c5b9a1e44f28c6670b1d2e8f39a5b4c1d0e6f7a8b9c0d1e2f3a4b5c6d7e';
const verificationCode = codeFromHash(head);

/** 平罗 in October 2026: the month a compensation was paid. */
export const sample: SettlementStatementView = {
  title: '风险补偿资金池月度结算单',
  number: documentNumber('宁科贷结', 2026, 10),
  programme: '宁夏科技型中小企业风险补偿贷款（宁科贷）',
  issuer: '平罗县科学技术局',
  issuedOn: '2026-11-10',
  provisionalFigures: true,
  cites: [scope],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  poolName: '平罗县风险补偿资金池',
  partyName: '平罗县风险补偿资金池',
  partyKind: '资金池',
  period: '2026-10',
  sections: [
    {
      name: '银行存款',
      opening: '6000000.00',
      movements: '-1275262.07',
      closing: '4724737.93',
      lines: [
        { name: '合作单位追加出资（平罗县）', amount: '500000.00', cites: [match] },
        { name: '支付风险补偿 SZSJJ202636414424', amount: '-1912000.00', cites: [scope, shares] },
        { name: '追偿回款（石嘴山银行两笔）', amount: '120000.00', cites: [recovery] },
        { name: '存款利息', amount: '4392.33', cites: [] },
        { name: '待查款项', amount: '12345.60', cites: [] },
      ],
    },
    {
      name: '出资（受托代理负债）',
      opening: '6000000.00',
      movements: '504392.33',
      closing: '6504392.33',
      lines: [
        { name: '平罗县出资', amount: '500000.00', cites: [match] },
        { name: '存款利息按出资余额分配', amount: '4392.33', cites: [] },
      ],
    },
    {
      name: '应收追偿款',
      opening: '0.00',
      movements: '1816000.00',
      closing: '1816000.00',
      lines: [
        { name: '风险补偿转入', amount: '1912000.00', cites: [shares] },
        { name: '追偿收回（资金池份额）', amount: '-96000.00', cites: [recovery] },
      ],
    },
    { name: '准备金占用额', opening: '2240250.64', movements: '-239000.00', closing: '2001250.64', lines: [] },
  ],
  ratios: [
    { name: '不良率', value: '9.59 %', note: '不良贷款本金（含已补偿）÷ 贷款余额；已过 8 % 暂停线' },
    { name: '风险补偿率', value: '4.67 %', note: '累计风险补偿 ÷ 累计贷款；未到 5 % 预警线' },
    { name: '可用额度（元）', value: '26,871,416.97', note: '放大倍数 10 × 资金池净额 − 计入备案余额' },
  ],
  watchList: [
    {
      dueBillNo: 'SZSJJ202636414424',
      enterprise: '宁夏源微数据服务有限公司',
      outstanding: '2270000.00',
      overdueDays: 141,
      classification: '次级',
    },
  ],
  notes: [
    {
      kind: 'remark',
      text: '自治区应于 2027年1月7日前配套 500,000.00 元，尚未到账，未计入本期出资。',
    },
    {
      kind: 'missingReport',
      belongsTo: '2026-10',
      text: '截至11月10日未收到宁夏银行月报，该行贷款暂按上月末余额结算，月报收到后在下一结算期调整。',
    },
    { kind: 'adjustment', belongsTo: '2026-08', text: '石嘴山银行补报归还本金 1,200.00 元，计入本期。' },
  ],
  totalInWords: [
    { name: '期末银行存款', amount: '4724737.93' },
    { name: '期末资金池净额', amount: '4688392.33' },
    { name: '本期支付风险补偿', amount: '1912000.00' },
  ],
  ledger: { head, entries: 214 },
};

import type { DocumentHead, PrintedAccount } from '../../src/documents/parts.ts';
import type {
  PrintedApplication,
  PrintedRemedy,
  PrintedSubsidyLine,
  SubsidyApplicationView,
} from '../../src/documents/subsidy-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';

export const SCHEME = '《宁夏科技金融补助管理暂行办法》（2023年）';
export const ENTERPRISE = '银川源禾精密机械有限公司';
export const REGION = '宁夏回族自治区科学技术厅';
const verificationCode = codeFromHash('91c4de07a35b28f6c0d1e2f3a4b5c6d7');

/** An article of the sample scheme; examples unless told. */
export const article = (name: string, confirmed = false) => ({ document: SCHEME, article: name, confirmed });

/** The head of a sample paper of subsidies. */
export const head = (title: string, word: string, serial: number, issuer: string, issuedOn: string): DocumentHead => ({
  ...{ title, number: documentNumber(word, 2026, serial), programme: SCHEME, issuer, issuedOn },
  ...{ provisionalFigures: true, cites: [article('第三条第（一）项'), article('条款待核（公开内容未见）')] },
  ...{ verificationCode, verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}` },
});

export const sampleApplication: PrintedApplication = {
  ...{ enterprise: ENTERPRISE, uscc: '916401212972756293', scheme: SCHEME, year: 2026, batchNo: 2 },
  ...{ appliedOn: '2026-09-18', receivedNo: '17' },
};

const cites = [article('条款待核（保险条款）'), article('条款待核（补贴限额）')];
export const sampleLines: PrintedSubsidyLine[] = [
  {
    ...{ kind: '科技保险保费补贴', name: '研发责任保险', cites, otherMoney: '0.00', cost: '480000.00' },
    ...{ evidence: '人保财险宁夏分公司\n保险单 PZ20260000000001；发票 26640000000000000001' },
    ...{ amount: '240000.00', decided: '240000.00', granted: '182538.04', reason: '' },
  },
  {
    ...{ kind: '贷款贴息', name: '流动资金贷款', cites, otherMoney: '0.00', cost: '14295.84' },
    ...{ evidence: '宁夏银行股份有限公司\n合同 NXBHT2026001；借据 NXBJJ2026001；付息凭证 2 张' },
    ...{ amount: '7147.92', decided: '7000.00', granted: '5324.03', reason: '付息凭证一处不清，核减 147.92 元' },
  },
  {
    ...{ kind: '科技保险保费补贴', name: '机动车辆保险', cites: [article('条款待核（险种）')], otherMoney: '0.00' },
    ...{ cost: '6800.00', evidence: '人保财险宁夏分公司\n保险单 PZ20260000000009', amount: '0.00', decided: '0.00' },
    ...{ granted: '0.00', reason: '该险种不在补贴范围内' },
  },
];

export const samplePayee: PrintedAccount = {
  name: ENTERPRISE,
  bank: '宁夏银行股份有限公司光华支行',
  number: '6400100200000001',
};

export const sampleRemedy: PrintedRemedy = {
  text: '如不服本决定，可以自收到本决定书之日起六十日内，依法向本级人民政府申请行政复议；也可以自收到本决定书之日起六个月内，直接向有管辖权的人民法院提起行政诉讼。',
  cites: [
    {
      document: '《中华人民共和国行政复议法》（2023年修订）',
      article: '第二十条第一款、第二十四条第一款',
      confirmed: true,
    },
    { document: '《中华人民共和国行政诉讼法》（2017年修正）', article: '第四十六条第一款', confirmed: true },
  ],
};

const voucher = (voucherNo: string, kind: string, amount: string, counted: string) => ({
  ...{ voucherNo, kind, amount, counted, paidOn: '2026-03-21', from: '2026-03-05', to: '2026-03-21' },
});
const paper = (label: string, name: string, start: string) => ({ label, name, sha256: start.repeat(8) });

export const sample: SubsidyApplicationView = {
  ...head('补贴申请表', '宁科补申', 17, ENTERPRISE, '2026-09-18'),
  ...{ application: sampleApplication, registeredIn: '银川市金凤区', payee: samplePayee, amount: '247147.92' },
  titles: ['国家高新技术企业', '科技型中小企业'],
  figures: [
    { name: '上年营业收入', amount: '38560000.00' },
    { name: '前年营业收入', amount: '35210000.00' },
    { name: '上年研发费用', amount: '2130000.00' },
  ],
  lines: sampleLines.map((line) => ({ ...line, decided: null, granted: null })),
  vouchers: [
    voucher('NX20260321001', '正常利息', '4866.67', '4866.67'),
    voucher('NX20260421001', '正常利息', '9429.17', '9429.17'),
    voucher('NX20260421002', '罚息', '120.00', '0.00'),
  ],
  papers: [
    paper('营业执照', '营业执照.pdf', '3fa9c10e'),
    paper('保险合同（保单）', '研发责任保险保单 PZ20260000000001.pdf', '9b0d72e4'),
    paper('保费发票和付款凭证', '保费发票、银行回单.pdf', '51c8ee3a'),
  ],
  pledge: {
    title: '诚信承诺书',
    statements: [
      '一、本企业已知悉申报条件、程序和责任，自愿申报。',
      '二、所填内容和所附材料真实、完整、有效，复印件与原件一致。',
      '三、申报的支出已由本企业实际支付；同一保险单、发票、贷款或者质押没有重复申报，已取得的其他财政资金均已如实填报。',
      '四、补贴资金按规定核算和使用，配合科技、财政、审计部门核查；所填事项有变化的，及时报告。',
      '五、弄虚作假的，同意撤销补贴、退回已拨付的资金，并承担规定期限内不得申报等后果。',
    ],
  },
};

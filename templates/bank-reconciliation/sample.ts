import type { BankReconciliationView } from '../../src/documents/bridge-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';

const head = '9a1e0c5b9a1e44f28c6670b1d2e8f39a5b4c1d0e6f7a8b9c0d1e2f3a4b5c6d7e';
const verificationCode = codeFromHash(head);

/** 平罗 at the end of October 2026, before what the bank has alone is booked, with a payment on its way to the bank. */
export const sample: BankReconciliationView = {
  title: '银行存款余额调节表',
  number: documentNumber('宁科贷调', 2026, 10),
  programme: '宁夏科技型中小企业风险补偿贷款（宁科贷）',
  issuer: '平罗县科学技术局',
  issuedOn: '2026-11-02',
  provisionalFigures: true,
  cites: [{ document: '《宁夏科技型中小企业风险补偿贷款管理办法》', article: '专户利息条款', confirmed: false }],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  poolName: '平罗县风险补偿资金池',
  ...{ period: '2026-10', asOf: '2026-10-31' },
  account: { name: '平罗县科学技术局', bank: '石嘴山银行股份有限公司', number: '6402200155550001' },
  ...{ bankClosing: '4724737.93', ledgerClosing: '4684000.00' },
  bookReceived: [],
  bookPaid: [
    {
      ...{ on: '2026-10-31', text: '拨付应付石嘴山银行股份有限公司款项', voucher: '凭证 61 号' },
      ...{ amount: '24000.00', settledOn: '2026-11-02' },
    },
  ],
  bankReceived: [
    { on: '2026-10-21', text: '协定存款利息', voucher: '流水 202600000005', amount: '4512.33', settledOn: null },
    {
      ...{ on: '2026-10-30', text: '宁夏某单位 不明来款', voucher: '流水 202600000007' },
      ...{ amount: '12345.60', settledOn: null },
    },
  ],
  bankPaid: [{ on: '2026-10-27', text: '账户管理费', voucher: '流水 202600000006', amount: '120.00', settledOn: null }],
  matched: 4,
  prepared: { by: '财务甲', on: '2026-11-02' },
  checked: { by: '财务乙', on: '2026-11-02' },
  ledger: { head, entries: 214 },
  audit: { head, entries: 2048 },
};

import type { PaymentNoticeView } from '../../src/documents/compensation-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { article, BANK, COUNTY, PROGRAMME, REGION, sampleClaim, samplePayee } from '../claim-letter/sample.ts';

const verificationCode = codeFromHash('1f7d5a90c3e84b26b9a40d8e67f2c351');
const shares = [article('第三条（分担比例）')];

export const sample: PaymentNoticeView = {
  title: '风险补偿资金拨付通知',
  number: documentNumber('宁科贷拨', 2026, 1),
  programme: PROGRAMME,
  issuer: COUNTY,
  issuedOn: '2026-10-15',
  provisionalFigures: true,
  cites: [article('第二条', true), article('补偿支付条款')],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  addressee: BANK,
  claim: sampleClaim,
  approvalNumber: documentNumber('宁科贷审', 2026, 1),
  approvedOn: '2026-10-10',
  paidOn: '2026-10-15',
  amount: '1912000.00',
  payer: { name: COUNTY, bank: BANK, number: '6402200155550001' },
  payee: samplePayee,
  parts: [
    { party: REGION, amount: '956000.00', cites: shares },
    { party: COUNTY, amount: '956000.00', cites: shares },
  ],
  voucher: '31',
  duties: [
    '补偿后请继续追偿，追偿所得自收到之日起 10 个工作日内汇缴至上述付款账户，并注明是否已扣除追偿费用。',
    '补偿资金只用于冲抵该笔贷款的本金损失，不得挪作他用；以虚假材料取得的，全额退回。',
  ],
};

import type { RecoveryDistributionView } from '../../src/documents/compensation-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { article, BANK, COUNTY, PROGRAMME, REGION, sampleClaim } from '../claim-letter/sample.ts';

const verificationCode = codeFromHash('77c4e90b2d1f4a63915b8fd0a6e3c28d');
const recovery = [article('追偿分配条款')];
const receipt = (receiptNo: string) => ({
  ...{ receivedOn: '2026-10-20', receiptNo, amount: '60000.00', basis: 'gross' as const, cost: '0.00', paidBy: '' },
});

export const sample: RecoveryDistributionView = {
  title: '追偿回款分配单',
  number: documentNumber('宁科贷追', 2026, 1),
  programme: PROGRAMME,
  issuer: COUNTY,
  issuedOn: '2026-10-20',
  provisionalFigures: true,
  cites: recovery,
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  claim: sampleClaim,
  compensatedOn: '2026-10-15',
  compensation: '1912000.00',
  receipts: [receipt('SZS20261020000017'), receipt('SZS20261020000018')],
  costs: [],
  rows: [
    {
      ...{ bearer: '自治区', party: REGION, borne: '956000.00', before: '0.00', amount: '48000.00', left: '908000.00' },
      ...{ use: '冲减应收追偿款', cites: recovery },
    },
    {
      ...{
        bearer: '合作单位',
        party: COUNTY,
        borne: '956000.00',
        before: '0.00',
        amount: '48000.00',
        left: '908000.00',
      },
      ...{ use: '冲减应收追偿款', cites: recovery },
    },
    {
      ...{ bearer: '合作银行', party: BANK, borne: '478000.00', before: '0.00', amount: '24000.00', left: '454000.00' },
      ...{ use: '应付合作银行', cites: recovery },
    },
  ],
  voucher: '33',
};

/** Everything at once: costs first, all bearers whole again, then interest and the borrower. */
export const sampleOverRecovery: RecoveryDistributionView = {
  ...sample,
  receipts: [{ ...sample.receipts[0]!, amount: '2320000.00', cost: '30000.00', paidBy: BANK }],
  costs: [{ party: BANK, amount: '30000.00', cites: recovery }],
  rows: [
    ...sample.rows.map((row) => ({ ...row, before: row.amount, amount: row.left!, left: '0.00' })),
    {
      ...{ bearer: '合作银行利息', party: BANK, borne: '0.00', before: '0.00', amount: '15000.00', left: null },
      ...{ use: '应付合作银行', cites: recovery },
    },
    {
      ...{ bearer: '借款人', party: sampleClaim.loan.enterprise, borne: '0.00', before: '0.00', amount: '5000.00' },
      ...{ left: null, use: '应退借款人', cites: recovery },
    },
  ],
};

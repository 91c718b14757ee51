import { codeFromHash } from '../../src/documents/verification-code.ts';
import type { ContributionConfirmationView } from '../../src/documents/view-models.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { article, BANK, COUNTY, POOL, PROGRAMME, REGION } from '../claim-letter/sample.ts';

const verificationCode = codeFromHash('29d8f4b07ac15e63d80b942f6ec7a135');
const match = [article('配套出资条款')];

/** 平罗县 adds 500,000.00 in October, so the autonomous region owes as much. */
export const sample: ContributionConfirmationView = {
  title: '出资确认书',
  number: documentNumber('宁科贷资', 2026, 5),
  programme: PROGRAMME,
  issuer: REGION,
  issuedOn: '2026-10-09',
  provisionalFigures: true,
  cites: [article('第二条', true)],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  addressee: COUNTY,
  poolName: POOL,
  receivedOn: '2026-10-09',
  amount: '500000.00',
  account: { name: COUNTY, bank: BANK, number: '6402200155550001' },
  receiptNo: 'SZS20261009000003',
  contributors: [
    { party: REGION, before: '3002196.16', amount: '0.00', after: '3002196.16' },
    { party: COUNTY, before: '3002196.17', amount: '500000.00', after: '3502196.17' },
  ],
  match: { party: REGION, amount: '500000.00', dueOn: '2027-01-07', cites: match },
  voucher: '29',
};

import type { BreakerNoticeView } from '../../src/documents/compensation-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { article, BANK, POOL, PROGRAMME, REGION } from '../claim-letter/sample.ts';

const verificationCode = codeFromHash('e83f06a1c97d4b52a610de49b7f3085c');
const breaker = [article('熔断条款')];

export const sample: BreakerNoticeView = {
  title: '暂停业务通知书',
  number: documentNumber('宁科贷警', 2026, 2),
  programme: PROGRAMME,
  issuer: REGION,
  issuedOn: '2026-10-05',
  provisionalFigures: true,
  cites: breaker,
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  addressee: BANK,
  poolName: POOL,
  action: 'suspend',
  stops: '受理新备案',
  asOf: '2026-09-30',
  effectiveOn: '2026-10-05',
  ratios: [
    {
      ...{ subject: BANK, name: '不良率', value: '9.59 %', warn: '5 %', suspend: '8 %', cites: breaker },
      over: { name: '不良贷款余额', amount: '2390000.00' },
      under: { name: '贷款余额', amount: '24921506.33' },
    },
  ],
  reasons: ['暂停期间报送的新备案不予受理；此前已纳入资金池的贷款继续享受风险补偿。'],
  demands: [
    '请于收到本通知之日起 10 个工作日内报送不良贷款处置方案。',
    '不良率降至暂停线以下后，可书面申请恢复；经两人审核同意后恢复。',
  ],
};

import type { WriteOffSheetView } from '../../src/documents/compensation-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { article, COUNTY, PROGRAMME, REGION, sampleClaim } from '../claim-letter/sample.ts';

const verificationCode = codeFromHash('b05e41d7f8c92a36840d7e15a9c3f62b');
const writeOff = [article('核销条款')];
const row = (party: string) => ({
  ...{ party, compensated: '956000.00', recovered: '48000.00', writtenOff: '0.00', amount: '908000.00' },
});

export const sample: WriteOffSheetView = {
  title: '风险补偿资金核销审核表',
  number: documentNumber('宁科贷核', 2028, 1),
  programme: PROGRAMME,
  issuer: REGION,
  issuedOn: '2028-11-02',
  provisionalFigures: true,
  cites: [article('第二条', true)],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  claim: sampleClaim,
  compensatedOn: '2026-10-15',
  askedOn: '2028-10-20',
  grounds: [
    '补偿后追偿已满 24 个月，自 2028-10-15 起可以核销。',
    '借款企业已无可供执行的财产，法院于 2028年9月3日裁定终结本次执行程序。',
  ],
  checks: [
    { name: '追偿期限', verdict: 'pass', value: '', message: '自 2028-10-15 起可以核销', cites: writeOff },
    {
      ...{ name: '集体研究', verdict: 'pass' as const, value: '', cites: writeOff },
      message: '核销金额 1,816,000.00 元超过 1,000,000.00 元，已经集体研究',
    },
  ],
  rows: [row(REGION), row(COUNTY)],
  opinions: [
    {
      ...{ step: '经办', unit: COUNTY, by: '财务甲', on: '2028-10-20', verdict: '申请核销', text: '' },
    },
    {
      ...{ step: '复核', unit: REGION, by: '财务乙', on: '2028-11-02', verdict: '同意核销' },
      text: '追偿材料齐备，同意核销；账销案存，继续追偿。',
    },
  ],
  panel: '2028年10月30日厅务会议研究同意（会议纪要〔2028〕31号），有利害关系的人员已回避。',
};

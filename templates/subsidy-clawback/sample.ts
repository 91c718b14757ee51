import type { SubsidyClawbackView } from '../../src/documents/subsidy-views.ts';
import {
  article,
  ENTERPRISE,
  head,
  REGION,
  SCHEME,
  sampleApplication,
  sampleRemedy,
} from '../subsidy-application/sample.ts';

export const sample: SubsidyClawbackView = {
  ...head('补贴追回决定书', '宁科补追', 1, REGION, '2027-03-12'),
  cites: [article('条款待核（追回条款）')],
  ...{ addressee: ENTERPRISE, application: sampleApplication, decisionNumber: '宁科补决〔2026〕17号' },
  ...{ item: '科技保险保费补贴：研发责任保险', paid: '182538.04', amount: '182538.04', ground: '弄虚作假' },
  facts: ['经审计，所报保险单已于申报前退保，保险公司已退还全部保费。'],
  demands: [
    '请在收到本决定书后及时将上述款项足额退回下列账户，并在汇款附言中注明本决定书文号。',
    `自本决定作出之日起，2030年3月12日以前不得申报${SCHEME}规定的补贴。`,
  ],
  account: { name: REGION, bank: '宁夏银行股份有限公司', number: '6400100155550009' },
  remedy: sampleRemedy,
};

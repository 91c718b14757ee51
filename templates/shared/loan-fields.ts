import type { LoanFacts } from '../../src/documents/parts.ts';
import { longDate, yuan, yuanInWords } from '../../src/documents/wording.ts';
import type { Field } from './fields.ts';

/** The loan as the letters show it: who, under which papers, how much in figures and 大写, on what terms. */
export function loanFields(loan: LoanFacts): Field[][] {
  return [
    [
      ['借款企业', loan.enterprise],
      ['统一社会信用代码', loan.uscc],
    ],
    [
      ['借款合同号', loan.contractNo],
      ['借据号', loan.dueBillNo],
    ],
    [['贷款金额', amount(loan.principal)]],
    [['备案金额', amount(loan.countedPrincipal)]],
    [
      ['年利率', `${loan.annualRate} %`],
      ['还款方式', loan.repaymentMethod],
    ],
    [
      ['放款日', longDate(loan.disbursedOn)],
      ['到期日', longDate(loan.maturesOn)],
    ],
    [
      ['担保方式', loan.guaranteeMode],
      ['贷款用途', loan.purpose],
    ],
  ];
}

/** An amount in figures and 大写, as a field shows it. */
export function amount(wire: string): string {
  return `¥ ${yuan(wire)}　（大写：${yuanInWords(wire)}）`;
}

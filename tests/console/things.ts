let made = 0;

/** A filing that passes the checks, of an enterprise to a pool; each with numbers of its own. `disbursedOn` is in the demonstration's last month. */
export function filingFor(enterpriseUscc: string, poolCode: string) {
  made += 1;
  return {
    ...{ poolCode, enterpriseUscc, contractNo: `CS-HT-${made}`, dueBillNo: `CS-JJ-${made}` },
    ...{ principal: '300000.00', countedPrincipal: '300000.00', annualRate: '3.45' },
    ...{ disbursedOn: '2026-11-16', maturesOn: '2027-11-15', dayCountBasis: 'actual360' },
    ...{ repaymentMethod: 'monthlyInterest', guaranteeMode: 'credit', firstLoan: false, purpose: 'rnd' },
  };
}

const HEADINGS =
  '序号,借款人名称,统一社会信用代码,借款合同号,借据号,贷款金额(元),备案金额(元),年利率(%),放款日期,到期日期,计息基础,还款方式,担保方式,是否首次贷款,资金用途';

/** Enterprises of the Yinchuan pool that may borrow more. */
const BORROWERS = [
  ['宁夏沃石新材料有限公司', '91640105MA3837849B'],
  ['宁夏禾星新能源有限公司', '91640105MA0622885F'],
  ['宁夏润图信息技术有限公司', '91640105MA31775963'],
];

/** A filing file of so many rows, small loans of a few enterprises, for the Yinchuan pool. */
export function largeFile(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [name, uscc] = BORROWERS[i % BORROWERS.length]!;
    return `${i + 1},${name},${uscc},DW-HT-${i},DW-JJ-${i},100.00,100.00,3.45,2026-11-16,2027-11-15,实际/360,按月付息到期还本,信用,否,研发投入`;
  });
  return `${HEADINGS}\n${lines.join('\n')}\n`;
}

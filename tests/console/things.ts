import { expect } from 'vitest';
import type { Console } from '../support/console.ts';

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

/** An insurer as a partner of the Yinchuan pool, whose bank tells that it answers for a fifth of a loan. @returns the guarantee's number */
export async function insured(t: Console, loan: string, party: string, bank: string): Promise<string> {
  const operator = t.key('operator');
  const insurer = { code: party, name: '示例财产保险有限公司', kind: 'insurer' };
  expect((await t.post('institutions', insurer, operator)).status).toBe(201);
  const partner = { poolCode: 'yinchuan', validFrom: '2026-01-01', document: '合作协议' };
  expect((await t.post(`institutions/${party}/partnerships`, partner, operator)).status).toBe(201);
  const cover = {
    party,
    role: 'insurer',
    percent: '20',
    contractNo: 'CS-BX-1',
    signedOn: '2026-11-02',
    annualRate: '1',
  };
  const { status, body } = await t.post(`loans/${loan}/guarantees`, cover, bank);
  expect([status, body.errors, body.detail]).toEqual([201, undefined, undefined]);
  return body.id;
}

/** A warning of the Yinchuan pool that is over, as it stands in the books of a pool whose loans went bad and recovered. @returns its number */
export async function pastWarning(t: Console): Promise<string> {
  const { rows } = await t.pool.query(
    `INSERT INTO suspension (pool_code, scope, party, cause, measure, level, over, under, warn_line, suspend_line, message, cites, trigger, reference, since, status, ended_on)
     VALUES ('yinchuan', 'pool', 'yinchuan', 'ratio', 'nonPerforming', 'warn', 600000.00, 10000000.00, 5, 8, '资金池不良率 6.00%，达到警示线 5%，尚未达到暂停线 8%',
             '[]', 'report', 'report:past', '2026-06-05', 'ended', '2026-08-05') RETURNING id`,
  );
  return `${rows[0].id}`;
}

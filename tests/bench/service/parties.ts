import { LPR_DEMONSTRATION } from '../../../src/calendar/lpr-table.ts';
import { addLprQuote } from '../../../src/policy/calendar-service.ts';
import { recordContribution } from '../../../src/pool/contribution-service.ts';
import { createPool } from '../../../src/pool/service.ts';
import type { Service } from './open.ts';

export const BANKS = ['bank-1', 'bank-2', 'bank-3', 'bank-4'];
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** What every measure needs: rates, a unit for each side of a pool's money, and partner banks of all pools. */
export async function seedInstitutions({ db, as }: Service): Promise<void> {
  for (const quote of LPR_DEMONSTRATION) await addLprQuote(as(), quote);
  await db.institution.createMany({
    data: [
      { code: 'county', name: '示例县科学技术局', kind: 'cooperatingUnit' },
      { code: 'region', name: '示例自治区科学技术厅', kind: 'regionalAuthority' },
      ...BANKS.map((code) => ({ code, name: `示例银行 ${code}`, kind: 'partnerBank' })),
    ],
  });
  const validFrom = new Date('2025-01-01T00:00:00Z');
  await db.partnership.createMany({
    data: BANKS.map((institutionCode) => ({ institutionCode, validFrom, document: '示例协议' })),
  });
}

/** A pool opened on a day, with capital for 100 thousand million of counted loans. */
export async function seedPool(service: Service, code: string, openedOn: string): Promise<void> {
  const operator = service.as(undefined, openedOn);
  await createPool(operator, {
    ...{
      code,
      name: `示例资金池 ${code}`,
      programme: '宁科贷',
      policyCode: 'ningkedai-2025',
      regions: ['石嘴山市平罗县'],
    },
    ...{ cooperatingUnit: 'county', matchingUnit: 'region' },
    accounts: [{ accountNo: `6402${code}`, accountName: '示例县财政局', bankName: '示例银行' }],
  });
  for (const contributor of ['county', 'region'])
    await recordContribution(operator, {
      poolCode: code,
      contributor,
      amount: '50000000000.00',
      receivedOn: openedOn,
      receiptNo: `${code}-${contributor}`,
    });
}

/** `count` small technology enterprises of the pool's county, in two statements. @returns their codes */
export async function seedEnterprises({ pool }: Service, count: number): Promise<string[]> {
  const codes = Array.from({ length: count }, (_, i) => uscc(i));
  await pool.query(
    `INSERT INTO enterprise (uscc, name, folded_name, registered_at, industry, staff, assets, revenue, previous_revenue, rnd_expense)
     SELECT c, '宁夏示例' || i || '科技有限公司', '宁夏示例' || i || '科技有限公司', '石嘴山市平罗县', '新材料', 120, 8000000, 9000000, 8500000, 700000
       FROM unnest($1::text[]) WITH ORDINALITY u(c, i)`,
    [codes],
  );
  await pool.query(
    `INSERT INTO enterprise_title (uscc, kind, certificate_no, valid_from, valid_to)
     SELECT c, 'techSme', 'NX2026' || i, '2026-01-01', '2026-12-31' FROM unnest($1::text[]) WITH ORDINALITY u(c, i)`,
    [codes],
  );
  return codes;
}

/** The i-th made-up 统一社会信用代码, with its check character (GB 32100-2015). */
function uscc(i: number): string {
  const body = `91640221MA${String(i).padStart(7, '0')}`;
  const sum = [...body].reduce((total, c, place) => total + CHARACTERS.indexOf(c) * (3 ** place % 31), 0);
  return body + CHARACTERS[(31 - (sum % 31)) % 31];
}

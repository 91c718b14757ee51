import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import type { EnterpriseValues } from '../../src/files/columns.ts';
import { readTitle } from '../../src/files/labels.ts';
import { money } from '../../src/money/money.ts';
import { type EnterpriseInput, type EnterpriseRecord, judgeEnterprises } from '../../src/parties/enterprise.ts';
import { upsertEnterprises } from '../../src/parties/enterprise-service.ts';
import { TITLES } from '../../src/parties/title.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { usccOf } from '../support/uscc.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startTestApp('2026-04-10');
});
afterAll(() => t.stop());

const row = (change: Partial<EnterpriseInput> = {}): EnterpriseInput => ({
  ...{
    uscc: '91640221MA17572206',
    name: '宁夏禾纳生物科技有限公司',
    registeredIn: '石嘴山市平罗县',
    industry: '枸杞深加工',
    staff: 142,
  },
  ...{
    totalAssets: money('188790000.00'),
    revenue: money('21720000.00'),
    previousRevenue: money('19330800.00'),
    rndExpense: money('1281500.00'),
  },
  ...{ title: 'agriHighTech', certificateNo: 'NX202550607', titleValidFrom: '2024-11-01', titleValidTo: '2027-10-31' },
  ...change,
});
const judged = (rows: EnterpriseInput[], known = new Map<string, EnterpriseRecord>()) =>
  judgeEnterprises(
    rows.map((fields) => ({ fields, faults: [] })),
    known,
  );

describe('企业名录', () => {
  it('takes what a file’s row holds as it is, and knows the titles by the labels that files carry', () => {
    const values = {} as EnterpriseValues;
    const input: EnterpriseInput = values;
    expect(input).toBe(values);
    for (const [code, label] of Object.entries(TITLES)) expect(readTitle(label, '资质').value).toBe(code);
  });

  it('gathers the titles of one enterprise from its lines, which must say the same of it', () => {
    const second = row({ title: 'techSme', certificateNo: 'K1' });
    const { judged: two, changed } = judged([row(), second, row()]);
    expect(two.map((j) => j.outcome)).toEqual(['new', 'new', 'same']);
    expect(changed).toMatchObject([{ titles: [{ kind: 'agriHighTech' }, { kind: 'techSme' }] }]);
    const other = judged([row(), row({ title: 'techSme', certificateNo: 'K1', staff: 141, revenue: money('1.00') })])
      .judged[1];
    expect(other).toMatchObject({
      outcome: 'refused',
      faults: [{ code: 'ENTERPRISE_INCONSISTENT', field: 'staff', value: '141' }, { field: 'revenue' }],
    });
    const redated = judged([row(), row({ titleValidTo: '2027-10-30' })]).judged[1];
    expect(redated).toMatchObject({ outcome: 'refused', faults: [{ code: 'TITLE_INCONSISTENT' }] });
  });

  it('refuses half a title, and lets a bad line spoil no other', () => {
    const { judged: lines, changed } = judged([row({ certificateNo: undefined }), row({ staff: 99_999_999 }), row()]);
    expect(lines).toMatchObject([
      { outcome: 'refused', faults: [{ code: 'TITLE_INCOMPLETE', field: 'certificateNo' }] },
      { outcome: 'refused', faults: [{ code: 'FACT_OUT_OF_RANGE', field: 'staff' }] },
      { outcome: 'new' },
    ]);
    expect(changed.length).toBe(1);
  });

  it('is written by one statement a table, more than a batch at once, and again without a trace', async () => {
    const ctx = t.contextOf();
    const rows = Array.from({ length: 5_200 }, (_, i) =>
      row({ uscc: usccOf(i + 10), name: `批量企业${i}`, certificateNo: `B${i}` }),
    );
    const write = () => inTransaction(ctx, (tx) => upsertEnterprises(tx, ctx, rows));
    expect(await write()).toMatchObject({ created: 5_200, changed: 0 });
    const trace = async () =>
      (
        await t.pool.query(
          `SELECT (SELECT max(updated_at) FROM enterprise) u, (SELECT count(*) FROM audit_log) a, (SELECT count(*) FROM enterprise_title) t`,
        )
      ).rows[0];
    const before = await trace();
    expect(await write()).toMatchObject({ created: 0, changed: 0 });
    expect(await trace()).toEqual(before);
  });

  it('comes in as a file: 114 enterprises in 元, each with its title; again: nothing new', async () => {
    const form = async () => {
      const body = new FormData();
      body.set('kind', 'enterprises');
      body.set('mode', 'all');
      body.set(
        'file',
        new File(
          [new Uint8Array(await readFile(new URL('../../prisma/demo/enterprises.csv', import.meta.url)))],
          'enterprises.csv',
        ),
      );
      return body;
    };
    expect((await t.post('imports', await form(), await t.keyFor({ role: 'operator' }))).body).toMatchObject({
      status: 'done',
      rowsRead: 114,
      rowsRefused: 0,
      errors: [],
    });
    const { body } = await t.get('enterprises/91640221MA17572206', await t.keyFor({ role: 'finance' }));
    expect(body).toMatchObject({
      totalAssets: '188790000.00',
      previousRevenue: '19330800.00',
      titles: [{ kind: 'agriHighTech', validTo: '2027-10-31' }],
    });
    expect((await t.post('imports', await form(), await t.keyFor({ role: 'operator' }))).body).toMatchObject({
      status: 'done',
      rowsNew: 0,
    });
    expect(t.log.errors).toEqual([]);
  });
});

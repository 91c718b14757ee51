import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareThree, type ThreeSides } from '../../src/reconciliation/three-way.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { expectStatus } from './claims-support.ts';
import { demoFile, upload, writingNothing } from './support.ts';

describe('a loan as bank, register and pool have it', () => {
  const sides = (reported: string | null, registered: string | null, reserve: string, ledgerReserve: string) => ({
    ...{ bankCode: 'bank', dueBillNo: 'JJ1', enterprise: '企业', due: true, reported, registered },
    ...{ reserve, ledgerReserve },
  });
  it.each<[string, Partial<ThreeSides>, [kind: string, amount: string | null][]]>([
    ['agrees to the fen', {}, []],
    ['differs by a fen', { reported: '100.01' }, [['outstandingDiffers', '0.01']]],
    ['is less at the bank', { reported: '90.00' }, [['outstandingDiffers', '-10.00']]],
    ['is not reported', { reported: null }, [['reportMissing', null]]],
    ['is not reported, and nothing is owed to be', { reported: null, due: false }, []],
    ['has another reserve in the ledger', { ledgerReserve: '9.99' }, [['reserveDiffers', '-0.01']]],
    ['has no reserve in the ledger', { ledgerReserve: '0.00' }, [['reserveDiffers', '-10.00']]],
    [
      'differs twice',
      { reported: '99.00', ledgerReserve: '11.00' },
      [
        ['outstandingDiffers', '-1.00'],
        ['reserveDiffers', '1.00'],
      ],
    ],
    ['is known to the bank alone', { registered: null, reserve: null, ledgerReserve: null }, [['loanUnknown', null]]],
  ])('%s', (_, change, expected) => {
    const loans = [{ ...sides('100.00', '100.00', '10.00', '10.00'), ...change }];
    const { agreed, differences } = compareThree({ poolCode: 'pool', period: '2026-10', loans });
    expect(differences.map(({ kind, amount }) => [kind, amount])).toEqual(expected);
    expect(agreed).toBe(expected.length === 0 ? 1 : 0);
  });
});

const PERIOD = '2026-10';
const BANK = 'shizuishan-bank';
let t: Demonstration;
let finance: string;
let bank: string;
beforeAll(async () => {
  t = await startDemonstration('2026-11-02'); // October's reports come on the third
  finance = t.key('finance');
  bank = t.key('bank', BANK);
}, 120_000);
afterAll(() => t.stop());

const look = (period = PERIOD, key = finance) => t.post('loan-reconciliations', { poolCode: 'pingluo', period }, key);
const live = async () => (await t.get('loan-differences?poolCode=pingluo&live=true&limit=100', finance)).body.items;
const report = (change: (text: string) => string, mode: string) =>
  upload(t, bank, change(new TextDecoder().decode(demoFile(`balances/${BANK}-${PERIOD}.csv`))), {
    ...{ kind: 'balanceReports', mode },
  });

describe('三方对账 of the demonstration’s October', () => {
  it('is not done of a month that is not over, nor by whoever only reads', async () => {
    expect((await look('2026-11')).body).toMatchObject({ code: 'PERIOD_NOT_OVER' });
    await writingNothing(t, async () => expect((await look(PERIOD, t.key('auditor'))).status).toBe(403));
  });

  it('finds months agreed to the fen of which the reports are here', async () => {
    const run = expectStatus(await look('2026-09'), 201);
    expect(run).toMatchObject({ number: 1, agreed: 11, differences: 0 });
    const [sums] = run.banks;
    expect(sums).toMatchObject({ bankCode: BANK, loans: 11, reportedLoans: 11, reported: '25251336.08' });
    expect([sums.registered, sums.ledgerReserve]).toEqual([sums.reported, sums.reserve]);
  });

  it('names each loan whose report is missing, once, and that it is somebody’s to look into', async () => {
    expect(expectStatus(await look(), 201)).toMatchObject({ agreed: 0, differences: 10 });
    expect(expectStatus(await look(), 200)).toMatchObject({ number: 1, differences: 10 });
    const found = await live();
    expect(found).toHaveLength(10);
    expect(new Set(found.map((d: { kind: string }) => d.kind))).toEqual(new Set(['reportMissing']));
    const [{ id, loanId }] = found;
    expect((await t.get(`loans/${loanId}`, finance)).status).toBe(200);
    const mine = expectStatus(await t.post(`loan-differences/${id}/assign`, {}, finance), 200);
    expect(mine.ownerName).not.toBeNull();
    expect((await t.get('loan-differences?mine=true', finance)).body.total).toBe(1);
    const note = (kind: string, key = finance) =>
      t.post(`loan-differences/${id}/notes`, { kind, text: '银行系统升级，三日内补报' }, key);
    expect((await note('reopen')).body.code).toBe('DIFFERENCE_STEP');
    expect(expectStatus(await note('explain'), 200)).toMatchObject({
      status: 'explained',
      notes: [{ kind: 'explain' }],
    });
    expect((await note('explain')).body.code).toBe('DIFFERENCE_STEP');
    expect((await note('comment', t.key('auditor'))).status).toBe(403);
  });

  it('closes what has come to agree, and names what a report was refused for', async () => {
    t.on('2026-11-03');
    const faulty = await report(
      (text) => `${text.replace('"3,140,000.00"', '"3,150,000.00"').trimEnd()}\n${STRANGER}\n`,
      'good',
    );
    expect(faulty.body).toMatchObject({ status: 'done', rowsRefused: 2 });
    expect(expectStatus(await look(), 201)).toMatchObject({ number: 2, agreed: 9, differences: 2 });
    expect((await live()).map(what)).toEqual([
      ['reportMissing', 'SZSJJ202696055953', null],
      ['loanUnknown', 'SZSJJ209999999999', null],
    ]);
    const { items } = (await t.get('loan-differences?status=agreed&limit=100', finance)).body;
    expect(items).toHaveLength(9);
    expect((await t.post(`loan-differences/${items[0].id}/assign`, {}, finance)).body.code).toBe('DIFFERENCE_CLOSED');
  });

  it('says by how much a loan differs whose October comes after its November', async () => {
    t.on('2026-12-03');
    const dueBillNo = 'SZSJJ202696055953';
    const tell = (period: string, outstandingPrincipal: string, correctionReason?: string) => {
      const amounts = { outstandingPrincipal, principalRepaid: '0.00', interestPaid: '10074.17' };
      const line = { dueBillNo, ...amounts, loanClassification: 'normal', overdueDays: 0, paidOff: false };
      return t.post('balance-reports', { period, correctionReason, lines: [line] }, bank);
    };
    expectStatus(await tell('2026-11', '3000000.00'), 201);
    expectStatus(await tell('2026-10', '3100000.00'), 201);
    expectStatus(await look(), 201);
    const found = await live();
    expect(found.map(what)).toContainEqual(['outstandingDiffers', dueBillNo, '-40000.00']);
    expect(found.map(what)).not.toContainEqual(['reportMissing', dueBillNo, null]);
    const { body } = await t.get('loan-reconciliations?period=2026-10', finance);
    expect(body).toMatchObject({ total: 1, items: [{ number: 3, differences: 2 }] });
    expect((await t.get(`loan-reconciliations/${body.items[0].id}/replay`, finance)).body.same).toBe(true);
  });

  it('is seen by the county of the pool and by no other', async () => {
    const total = async (county: string) =>
      (await t.get('loan-differences', t.key('countyReviewer', county))).body.total;
    expect(await total('pingluo-st')).toBeGreaterThan(10);
    expect(await total('yinchuan-st')).toBe(0);
  });
});

const STRANGER = '2026-10,石嘴山银行股份有限公司,SZSJJ209999999999,"100,000.00",0.00,0.00,正常,0,否';
const what = ({ kind, dueBillNo, amount }: { kind: string; dueBillNo: string; amount: string | null }) => [
  kind,
  dueBillNo,
  amount,
];

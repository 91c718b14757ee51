import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFile, writingNothing } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let finance: string;
beforeAll(async () => {
  t = await startDemonstration();
  finance = t.key('finance');
  t.on('2026-11-02');
}, 60_000);
afterAll(() => t.stop());

const upload = (
  file: Uint8Array<ArrayBuffer> | string,
  fields: Record<string, string> = {},
  key = finance,
  path = 'bank-statements',
) => {
  const form = new FormData();
  form.set('file', new File([file], '对账单.csv'));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return t.post(path, form, key);
};
const lines = async (query = '') => (await t.get(`bank-lines?poolCode=pingluo${query}`, finance)).body;
const DEMO = [
  'pool-statement-2026-10.csv',
  'pool-statement-2026-10-no-serial.csv',
  'pool-statement-2026-10.camt053.xml',
];

describe('POST /bank-statements', () => {
  it('opens the account, and takes October in any of its three forms once', async () => {
    const opened = await upload(demoFile('pool-statement-2026-01-to-09.csv'));
    expect([opened.status, opened.body]).toEqual([
      201,
      expect.objectContaining({
        poolCode: 'pingluo',
        accountNo: '6402200155550001',
        lines: 2,
        newLines: 2,
        opening: '0.00',
        closing: '6000000.00',
        from: '2026-01-01',
        to: '2026-09-30',
      }),
    ]);
    const answers = [];
    for (const name of DEMO) answers.push(await upload(demoFile(name), { poolCode: 'pingluo' }));
    expect(answers.map((a) => [a.status, a.body.lines, a.body.newLines, a.body.opening, a.body.closing])).toEqual([
      [201, 7, 7, '6000000.00', '4724737.93'],
      [201, 7, 0, '6000000.00', '4724737.93'],
      [201, 7, 0, '6000000.00', '4724737.93'],
    ]);
    const { items, total } = await lines('&from=2026-10-01');
    expect(total).toBe(7);
    expect(
      items
        .filter((l: { amount: string }) => l.amount === '60000.00')
        .map((l: { ordinal: number; serial: string }) => [l.ordinal, l.serial]),
    ).toEqual([
      [1, '202600000003'],
      [2, '202600000004'],
    ]);
  });

  it('answers the same file again with nothing new', async () => {
    const { items } = (await t.get('bank-statements?sort=id', finance)).body;
    const again = await upload(demoFile(DEMO[0]!));
    expect([again.status, again.body.id, again.body.lines, again.body.newLines]).toEqual([200, items[1].id, 7, 0]);
    expect((await t.get('bank-statements', finance)).body.total).toBe(4);
  });

  it('keeps the file as it came', async () => {
    const { items } = (await t.get('bank-statements?sort=id', finance)).body;
    const { status, body } = await t.get(`bank-statements/${items[0].id}/file`, finance);
    expect([status, new Uint8Array(body)]).toEqual([200, demoFile('pool-statement-2026-01-to-09.csv')]);
  });

  const october = new TextDecoder('gb18030').decode(demoFile(DEMO[0]!));
  it.each([
    ['a wrong balance', october.replace('"4,588,000.00"', '"4,588,000.01"'), 422, 'STATEMENT_UNBALANCED', 4],
    ['a wrong amount', october.replace('"4,512.33"', '"4,512.34"'), 422, 'STATEMENT_UNBALANCED', 7],
    ['a line left out', october.replace(/[^\n]*202600000004[^\n]*\n/, ''), 422, 'STATEMENT_UNBALANCED', 6],
    ['half a line', october.slice(0, october.indexOf('"4,724')), 422, 'STATEMENT_NO_BALANCE', 9],
    ['a quote left open', october.slice(0, october.indexOf('"4,724') + 4), 422, 'CSV_QUOTES', undefined],
    ['another account', october.replaceAll('6402200155550001', '6402200155550009'), 422, 'ACCOUNT_FOREIGN', undefined],
    ['two accounts', october.replace('6402200155550001', '6402200155550009'), 422, 'STATEMENT_ACCOUNTS', 4],
    [
      'another opening',
      october.replaceAll(
        /"([\d,]+\.\d\d)",\r?\n/g,
        (_, n: string) => `"${(Number(n.replaceAll(',', '')) + 1).toFixed(2)}",\n`,
      ),
      409,
      'STATEMENT_GAP',
      undefined,
    ],
  ])('with %s is refused with its row and leaves nothing behind', async (_, text, status, code, row) => {
    const { status: got, body } = await writingNothing(t, () => upload(text));
    expect([got, body.code, body.errors[0]?.row]).toEqual([status, code, row]);
    expect(body.detail).toMatch(/\p{Script=Han}/u);
  });

  it('refuses XML with entities, another encoding and what is too large', async () => {
    const xml = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Document>&a;</Document>';
    expect((await upload(xml)).body.code).toBe('XML_ENTITIES');
    expect((await upload(new Uint8Array([0xff, 0xff, 0x80, 0xff]))).status).toBe(415);
    expect((await upload('x'.repeat(65 * 1024 * 1024))).status).toBe(413);
  });

  it('stops reading a gigabyte at its limit, however the sender hides its size', async () => {
    const megabyte = new TextEncoder().encode('2026-10-09,1.00,1.00\n'.repeat(50_000)).subarray(0, 1024 * 1024);
    const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\n';
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent === 0) controller.enqueue(new TextEncoder().encode(head));
        if (sent++ < 1024) controller.enqueue(megabyte);
        else controller.close();
      },
    });
    const headers = { 'x-api-key': finance, 'content-type': 'multipart/form-data; boundary=b' };
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const { status } = await writingNothing(t, async () => t.app.request('/api/v1/bank-statements', init));
    expect(status).toBe(413);
    expect(sent).toBeLessThan(80);
  });

  it('needs to be told whose it is where the file does not say', async () => {
    const text = '交易日期,交易金额,余额\n2026-10-09,1.00,1.00\n';
    const { body } = await upload(text);
    expect(body.code).toBe('ACCOUNT_NEEDED');
    expect((await upload(october, { accountNo: '6400100155550002' })).body.code).toBe('ACCOUNT_FOREIGN');
    expect((await upload(text, { accountNo: '1111' })).body.code).toBe('ACCOUNT_FOREIGN');
  });

  it('is for finance to send and for the pool’s people to see', async () => {
    for (const [role, institution] of [
      ['bank', 'shizuishan-bank'],
      ['countyReviewer', 'pingluo-st'],
      ['auditor', undefined],
    ] as const)
      expect((await upload(october, {}, t.key(role, institution))).status).toBe(403);
    expect((await t.get('bank-statements', t.key('bank', 'shizuishan-bank'))).status).toBe(403);
    expect((await t.get('bank-statements', t.key('countyReviewer', 'pingluo-st'))).body.total).toBe(4);
    expect((await t.get('bank-lines', t.key('countyReviewer', 'yinchuan-st'))).body.total).toBe(0);
    expect((await t.get('bank-lines', t.key('auditor'))).body.total).toBe(9);
  });

  it('adds each line once, however many send it at once', async () => {
    const text = (n: number) =>
      `账号：6400100155550002，第${n}份\n交易日期,交易金额,余额\n2026-10-09,1.00,1.00\n2026-10-09,1.00,2.00\n`;
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => upload(text(n))));
    expect(answers.map((a) => a.status)).toEqual(Array(12).fill(201));
    expect(answers.reduce((sum, a) => sum + a.body.newLines, 0)).toBe(2);
    expect((await t.get('bank-lines?poolCode=yinchuan', finance)).body.total).toBe(2);
  });

  it('keeps lines as the bank said them, whoever asks the database', async () => {
    for (const change of ['amount = 1', "serial = 'X'", "occurred_on = '2026-01-01'"])
      await expect(t.pool.query(`UPDATE bank_line SET ${change} WHERE serial IS NOT NULL`)).rejects.toThrow(
        'APPEND_ONLY',
      );
    await expect(t.pool.query('DELETE FROM bank_line')).rejects.toThrow('APPEND_ONLY');
    await expect(t.pool.query('TRUNCATE bank_statement CASCADE')).rejects.toThrow('APPEND_ONLY');
  });
});

describe('a layout that we do not know', () => {
  const sample = 'Date,Paid,Received,Left,Account\n2026-11-01,0.00,500.00,4725237.93,6402200155550001\n';
  const mapping = { Date: 'tradedOn', Paid: 'out', Received: 'in', Left: 'balance', Account: 'accountNo' };

  it('is mapped on a sample, kept by name, and read by itself from then on', async () => {
    const looked = (await upload(sample, {}, finance, 'statement-headings')).body;
    expect(looked.headings.map((h: { title: string }) => h.title)).toEqual([
      'Date',
      'Paid',
      'Received',
      'Left',
      'Account',
    ]);
    expect((await upload(sample)).body.code).toBe('HEADINGS_NOT_FOUND');
    const wrong = { ...mapping, Paid: 'in', Received: 'out' };
    const operator = t.key('operator');
    const add = (said: object, name = '某行') =>
      upload(sample, { name, mapping: JSON.stringify(said) }, operator, 'statement-profiles');
    expect((await add({ ...mapping, Paid: 'nothing' })).body.code).toBe('MAPPING_FIELD');
    expect(
      (
        await upload(
          sample.replace('500.00', '400.00').concat('2026-11-02,0.00,1.00,9.00,6402200155550001\n'),
          { name: '错', mapping: JSON.stringify(wrong) },
          operator,
          'statement-profiles',
        )
      ).body.code,
    ).toBe('STATEMENT_UNBALANCED');
    expect((await add(mapping)).status).toBe(201);
    expect((await add(mapping)).status).toBe(409);
    expect((await t.get('statement-profiles', finance)).body.items).toMatchObject([{ name: '某行', mapping }]);
    const { status, body } = await upload(sample);
    expect([status, body.newLines, body.closing]).toEqual([201, 1, '4725237.93']);
  });

  it('is removed where it was told wrongly: what it read stays, and the next file is asked about again', async () => {
    const { id } = (await t.get('statement-profiles', finance)).body.items[0];
    const remove = (key: string) => t.call('DELETE', `statement-profiles/${id}`, { key });
    expect((await remove(t.key('auditor'))).status).toBe(403);
    expect((await remove(finance)).status).toBe(204);
    expect((await remove(finance)).body.code).toBe('NOT_FOUND');
    expect((await t.get('statement-profiles', finance)).body.items).toEqual([]);
    expect((await upload(sample.replace('500.00', '501.00').replace('237.93', '238.93'))).body.code).toBe(
      'HEADINGS_NOT_FOUND',
    );
    expect((await t.get('bank-statements?sort=-to', finance)).body.items[0].closing).toBe('4725237.93');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from '../../src/errors.ts';
import { readStatement } from '../../src/files/read-statement.ts';
import type { StatementFile } from '../../src/files/statement.ts';
import { writeXlsx } from '../../src/files/write-xlsx.ts';
import { toWire } from '../../src/money/money.ts';
import { demo, refusal, utf8 } from './support.ts';

/** What of a line does not depend on the file's layout. */
const said = ({ rows }: StatementFile) =>
  rows.map((r) => [r.on, r.direction, toWire(r.amount), r.counterpartyName, r.counterpartyAccount, r.memo].join(' '));
const moved = ({ rows }: StatementFile) => rows.map((r) => `${r.on} ${r.direction} ${toWire(r.amount)}`);
const csv = (text: string) => readStatement(utf8(text));

const MT940 = `{1:F01SZSBCNBJAXXX0000000000}{4:
:20:SYN202610
:25:6402200155550001
:28C:10/1
:60F:C261001CNY6000000,00
:61:2610091009C500000,00NTRFNONREF//202600000001
:86:?20县级出资?316402210002026001?32某县财政局
:61:2610151015D1912000,00NTRF202600000002
:86:风险补偿
:62M:C261015CNY4588000,
-}{4:
:20:SYN202610
:25:6402200155550001
:28C:10/2
:60M:C261015CNY4588000,
:61:2610201020C60000,NTRFNONREF//202600000003
续行
:86:/NAME/某银行/REMI/追偿回款/
:61:2701020102RC60000,00NTRFNONREF
:62F:C261031CNY4588000,00
:86:打印日期 2026-11-01
-}`;

describe('the statements of the demonstration', () => {
  test('say the same seven lines in 13 columns, without serials, and in camt.053', async () => {
    const names = [
      'pool-statement-2026-10.csv',
      'pool-statement-2026-10-no-serial.csv',
      'pool-statement-2026-10.camt053.xml',
    ];
    const [columns, bare, camt] = await Promise.all(names.map((name) => readStatement(demo(name))));
    expect(said(bare!)).toEqual(said(columns!));
    expect(said(camt!)).toEqual(said(columns!));
    expect(camt!.rows.map((r) => r.serial)).toEqual(columns!.rows.map((r) => r.serial));
    expect(bare!.rows.map((r) => r.serial)).toEqual(Array(7).fill(null));
    expect(columns).toMatchObject({ accountNo: '6402200155550001', from: '2026-10-01', to: '2026-10-31' });
    expect(camt!.closing?.amount.toFixed(2)).toBe('4724737.93');
    expect(columns!.rows.map((r) => r.time)).toEqual(bare!.rows.map((r) => r.time));
  });
});

describe('a layout', () => {
  test('with a signed amount and 联机余额 reads, in or out by the sign', async () => {
    const read = await csv(
      '账号：6402200155550001\n交易日期,交易金额,联机余额,对方户名\n2026/10/09,"+500,000.00",500000.00,某局\n20261010,(120.00),499880.00,\n2026-10-11,-1.5,499878.5,\n',
    );
    expect(read.accountNo).toBe('6402200155550001');
    expect(moved(read)).toEqual(['2026-10-09 in 500000.00', '2026-10-10 out 120.00', '2026-10-11 out 1.50']);
  });

  test('with 转入金额 and 转出金额 reads, tabs and UTF-16 too, with balances stated around the lines', async () => {
    const text =
      '单位：元\n期初余额：1,000.00\n记账日期\t转出金额\t转入金额\t余额\t摘要\n2026年10月9日\t--\t20.00\t1,020.00\t存\n2026年10月9日\t5.00\t\t1,015.00\t取\n合计\t5.00\t20.00\n期末余额：1,015.00\n';
    const bytes = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer),
    ]);
    const read = await readStatement(bytes);
    expect(moved(read)).toEqual(['2026-10-09 in 20.00', '2026-10-09 out 5.00']);
    expect([read.opening?.amount.toFixed(2), read.closing?.amount.toFixed(2)]).toEqual(['1000.00', '1015.00']);
    expect(read.totals).toMatchObject([{ rowsAbove: 2, label: '合计' }]);
  });

  test('with 借/贷 beside the amount reads; a negative amount takes back and goes the other way', async () => {
    const read = await csv(
      '交易日期,借贷标志,发生额,账户余额\n2026-10-09,贷,100,100\n2026-10-09,借,40,60\n2026-10-09,借,-40,100\n',
    );
    expect(moved(read)).toEqual(['2026-10-09 in 100.00', '2026-10-09 out 40.00', '2026-10-09 in 40.00']);
  });

  test('as a workbook reads the same as its CSV', async () => {
    const head = ['交易日期', '借方发生额', '贷方发生额', '余额', '流水号'];
    const sheet = {
      name: '明细',
      columns: head.map((title) => ({ title, kind: 'text' as const })),
      rows: [['2026-10-09', '', '500.00', '500.00', 'A1']],
    };
    const read = await readStatement(await writeXlsx(sheet as never));
    expect([read.format, ...moved(read), read.rows[0]!.serial]).toEqual(['xlsx', '2026-10-09 in 500.00', 'A1']);
  });

  test('of other names reads by a mapping and not without', async () => {
    const text = 'Date,Paid,Received,Left\n2026-10-09,0.00,500.00,500.00\n';
    expect((await refusal(csv(text))).code).toBe('HEADINGS_NOT_FOUND');
    const mapping = { Date: 'tradedOn', Paid: 'out', Received: 'in', Left: 'balance' };
    expect(moved(await readStatement(utf8(text), mapping))).toEqual(['2026-10-09 in 500.00']);
  });
});

describe('MT940', () => {
  test('reads over its pages, with reversals, references and details in each of their forms', async () => {
    const read = await readStatement(utf8(MT940));
    expect(read).toMatchObject({
      format: 'mt940',
      accountNo: '6402200155550001',
      from: '2026-10-01',
      to: '2026-10-31',
    });
    expect(read.rows).toMatchObject([
      {
        on: '2026-10-09',
        direction: 'in',
        serial: '202600000001',
        counterpartyName: '某县财政局',
        counterpartyAccount: '6402210002026001',
        memo: '县级出资',
      },
      { on: '2026-10-15', direction: 'out', serial: '202600000002', memo: '风险补偿' },
      { on: '2026-10-20', direction: 'in', serial: '202600000003', counterpartyName: '某银行', memo: '续行 追偿回款' },
      { on: '2027-01-02', direction: 'out', serial: null, memo: '' },
    ]);
    expect([read.opening?.amount.toFixed(2), read.closing?.amount.toFixed(2)]).toEqual(['6000000.00', '4588000.00']);
  });

  test.each([
    [':60M:C261015CNY4588000,', ':60M:C261015CNY4588001,', /第15行.*4588001\.00 与前一页期末余额 4588000\.00/],
    [':62F:C261031CNY4588000,00', '', /缺少期末余额/],
    ['CNY6000000', 'USD6000000', /第5行.*USD/],
    ['C500000,00N', 'Cxx00,00N', /第6行.*交易行格式/],
  ])('with %s as %s is refused with the line', async (good, bad, message) => {
    expect((await refusal(readStatement(utf8(MT940.replace(good, bad))))).message).toMatch(message);
  });
});

describe('camt.053', () => {
  const file = new TextDecoder().decode(demo('pool-statement-2026-10.camt053.xml'));
  test.each([
    [
      'an entity of its own',
      '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>',
      'XML_ENTITIES',
      /第1行/,
    ],
    ['an unknown entity', file.replace('协定存款利息', '&x;'), 'XML_ENTITIES', /第9行/],
    ['half a file', file.slice(0, 2000), 'XML_BROKEN', /第\d+行/],
    ['tags that cross', file.replace('</Ntry>', '</Stmt>'), 'XML_BROKEN', /第5行/],
    [
      'another currency',
      file.replace('<Amt Ccy="CNY">120.00', '<Amt Ccy="USD">120.00'),
      'STATEMENT_ROWS',
      /第10行：币种“USD”/,
    ],
    ['an amount in words', file.replace('>120.00<', '>120,00<'), 'STATEMENT_ROWS', /第10行/],
    [
      'a day that is none',
      file.replace(
        '<BookgDt><Dt>2026-10-27</Dt></BookgDt><ValDt><Dt>2026-10-27',
        '<BookgDt><Dt>2026-02-31</Dt></BookgDt><ValDt><Dt>2026-02-31',
      ),
      'STATEMENT_ROWS',
      /第10行/,
    ],
    [
      'another message',
      file.replaceAll('Stmt>', 'Rpt>').replaceAll('BkToCstmrRpt', 'BkToCstmrAcctRpt'),
      'CAMT_OTHER',
      /camt\.053/,
    ],
    ['a tower of elements', `<Document>${'<a>'.repeat(100)}`, 'XML_BROKEN', /第1行/],
  ])('with %s is refused with the place', async (_, text, code, message) => {
    const error = await refusal(readStatement(utf8(text)));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  test('leaves out what is only pending, and reads the older version and CDATA', async () => {
    const older = file
      .replace('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>')
      .replace('<Dbtr><Pty><Nm>平罗县财政局</Nm></Pty></Dbtr>', '<Dbtr><Nm><![CDATA[甲&乙]]></Nm></Dbtr>')
      .replace('<Stmt>', '<!-- 一 --><Stmt>');
    const pending = older.replace(
      '</Stmt>',
      '<Ntry><Amt Ccy="CNY">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry></Stmt>',
    );
    const read = await readStatement(utf8(pending));
    expect(read.rows).toHaveLength(7);
    expect(read.rows[0]!.counterpartyName).toBe('甲&乙');
  });
});

describe('a table', () => {
  const head = '交易日期,流水号,对方账号,借方发生额,贷方发生额,余额,币种,借/贷\n';
  test('with spoilt numbers leaves out what only helps, says it once, and refuses spoilt amounts', async () => {
    const read = await csv(`${head}2026-10-09,2.026E+11,6.4022E+15,,1.00,1.00,,\n2026-10-09,2.026E+11,,,1.00,2.00,,\n`);
    expect(read.rows.map((r) => [r.serial, r.counterpartyAccount])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(read.warnings.map((w) => [w.code, w.row])).toEqual([
      ['SERIAL_SPOILT', 2],
      ['ACCOUNT_SPOILT', 2],
    ]);
    expect(read.warnings[0]!.message).toContain('同类共2行');
    const error = await refusal(csv(`${head}2026-10-09,,,,5.0E+05,1.00,,\n`));
    expect(error.errors).toMatchObject([{ code: 'AMOUNT_SPOILT', row: 2, field: 'in' }]);
  });

  test.each([
    ['2026-02-30,,,,1.00,1.00,,', 'DATE_FORMAT'],
    [',,,,1.00,1.00,,', 'REQUIRED'],
    ['2026-10-09,,,2.00,1.00,1.00,,', 'BOTH_SIDES'],
    ['2026-10-09,,,,1.005,1.00,,', 'AMOUNT_DECIMALS'],
    ['2026-10-09,,,,一元,1.00,,', 'AMOUNT_FORMAT'],
    ['2026-10-09,,,,1.00,1.00,美元,', 'CURRENCY'],
    ['2026-10-09,,,,1.00,1.00,,借', 'SIDE_DIFFERS'],
    ['2026-10-09,,,,1.00,1.00,,左', 'SIDE'],
  ])('with the row %s is refused: %s', async (row, code) => {
    const error = await refusal(csv(`${head}2026-10-08,,,,1.00,1.00,,\n${row}\n`));
    expect(error.errors).toEqual([expect.objectContaining({ code, row: 3 })]);
  });

  test('of two accounts, without amounts, of another encoding or of no text is refused', async () => {
    const two = await refusal(
      csv('账号,交易日期,交易金额,余额\n6402200155550001,2026-10-09,1,1\n6402200155550002,2026-10-09,1,2\n'),
    );
    expect([two.code, two.errors[0]!.row]).toEqual(['STATEMENT_ACCOUNTS', 3]);
    expect((await refusal(csv('交易日期,余额,摘要\n2026-10-09,1,\n'))).code).toBe('STATEMENT_HEADINGS');
    expect((await refusal(readStatement(new Uint8Array([0xff, 0xff, 0xff, 0x80])))).status).toBe(415);
    expect((await refusal(readStatement(utf8('%PDF-1.7')))).code).toBe('FILE_TYPE');
    expect((await refusal(readStatement(new Uint8Array(64_000_001)))).status).toBe(413);
  });
});

describe('a file that was damaged anywhere', () => {
  const files = [
    'pool-statement-2026-10.csv',
    'pool-statement-2026-10-no-serial.csv',
    'pool-statement-2026-10.camt053.xml',
  ];
  test.each([...files.map((name) => [name, demo(name)] as const), ['MT940', utf8(MT940)] as const])(
    '%s is read or refused in words, never otherwise',
    async (_, whole) => {
      const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(damage, fc.nat(whole.length), fc.boolean(), async (changes, cut, cuts) => {
          const bytes = new Uint8Array(cuts ? whole.subarray(0, cut) : whole);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            const { rows } = await readStatement(bytes);
            for (const { amount, on } of rows)
              expect([amount.gt(0), /^\d{4}-\d\d-\d\d$/.test(on)]).toEqual([true, true]);
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            expect(error.message).toMatch(/\p{Script=Han}/u);
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});

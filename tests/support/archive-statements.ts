import type { Context } from '../../src/access/context.ts';
import { writeXlsx } from '../../src/files/write-xlsx.ts';
import { importStatement } from '../../src/reconciliation/statement-service.ts';

const ACCOUNT = '6402200155550001';

const MT940 = `:20:SYN202611
:25:${ACCOUNT}
:28C:11/1
:60F:C261031CNY4724737,93
:61:2611031103C1000,00NTRFREF26110301
:86:?20十一月第一笔
:61:2611091109D250,5NTRFNONREF//SN26110901
:86:?20十一月第二笔
:62F:C261110CNY4725487,43
-`;

const CAMT = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>2026-11</Id>
<Acct><Id><Othr><Id>${ACCOUNT}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
<FrToDt><FrDtTm>2026-11-11T00:00:00</FrDtTm><ToDtTm>2026-11-20T23:59:59</ToDtTm></FrToDt>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">4725487.43</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-11</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">4727487.93</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>
<Ntry>
  <NtryRef>SN26111201</NtryRef>
  <Amt Ccy="CNY">2000.500</Amt>
  <CdtDbtInd>CRDT</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts>
  <BookgDt><Dt>2026-11-12</Dt></BookgDt>
</Ntry>
</Stmt></BkToCstmrStmt></Document>`;

const sheet = () =>
  writeXlsx({
    name: '明细',
    columns: [
      { title: '流水号', kind: 'text' },
      { title: '账号', kind: 'text' },
      { title: '交易日期', kind: 'text' },
      { title: '借方发生额', kind: 'money' },
      { title: '贷方发生额', kind: 'money' },
      { title: '余额', kind: 'money' },
      { title: '摘要', kind: 'text' },
    ],
    rows: [
      ['SN26112301', ACCOUNT, '2026-11-23', '', '4512.33', '4732000.26', '十一月第四笔'],
      ['SN26113001', ACCOUNT, '2026-11-30', '120.30', '', '4731879.96', '十一月第五笔'],
    ],
  });

/** November as the bank gives it, ten days in each of the formats that the demonstration's own statements are not in: MT940, camt.053 and XLSX. */
export async function importNovember(ctx: Context): Promise<void> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const [fileName, file] of [
    ['2026-11-01.mt940', bytes(MT940)],
    ['2026-11-11.xml', bytes(CAMT)],
    ['2026-11-21.xlsx', new Uint8Array(await sheet())],
  ] as const)
    await importStatement(ctx, { fileName, file });
}

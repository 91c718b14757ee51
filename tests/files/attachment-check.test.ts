import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFile, LARGEST, safeName } from '../../src/attachments/check.ts';
import { writeXlsx } from '../../src/files/write-xlsx.ts';
import { demo, refusal, utf8, zip } from './support.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]);
const PDF = utf8('%PDF-1.7\n');
const office = (part: string, more: Record<string, string> = {}) =>
  zip({ '[Content_Types].xml': '<Types/>', [part]: '<x/>', ...more });
const codeOf = async (name: string, bytes: Uint8Array) => (await refusal(() => checkFile(name, bytes))).code;

describe('An attachment', () => {
  it('is what its content says, whatever its name says', async () => {
    const sheet = await writeXlsx({ name: '流水', columns: [{ title: '金额', kind: 'money' }], rows: [['1.00']] });
    const kinds: [Uint8Array, string, string][] = [
      [PDF, 'application/pdf', '合同.pdf'],
      [JPEG, 'image/jpeg', '合同.jpg'],
      [PNG, 'image/png', '合同.png'],
      [sheet, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '合同.xlsx'],
      [
        ...([
          office('word/document.xml'),
          'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        ] as const),
        '合同.docx',
      ],
      [zip({ 'OFD.xml': '<OFD/>', 'Doc_0/Document.xml': '<x/>' }), 'application/ofd', '合同.ofd'],
    ];
    for (const [bytes, mediaType, name] of kinds) expect(checkFile('合同', bytes)).toEqual({ mediaType, name });
    expect(checkFile('合同.exe', PDF).name).toBe('合同.exe.pdf');
    expect(checkFile('扫描件.JPEG', JPEG).name).toBe('扫描件.jpg');
    expect(checkFile('回执.PDF', PDF).name).toBe('回执.pdf');
  });

  it('of another kind is refused, however it is called', async () => {
    const others: Record<string, Uint8Array> = {
      '程序.pdf': utf8('MZ\x90\x00'),
      '页面.pdf': utf8('<html><script>alert(1)</script>'),
      '余额.xlsx': demo('enterprises.csv'),
      '后有 PDF.pdf': utf8('<html>%PDF-1.7'),
      '压缩包.docx': zip({ '合同.txt': '甲方' }),
      '演示.docx': office('ppt/presentation.xml'),
    };
    for (const [name, bytes] of Object.entries(others))
      expect([name, await codeOf(name, bytes)]).toEqual([name, 'FILE_TYPE']);
  });

  it('that is empty, too large, broken, locked, or holds macros or another archive is refused and says which it is', async () => {
    expect(await codeOf('空.pdf', new Uint8Array())).toBe('FILE_EMPTY');
    const large = new Uint8Array(LARGEST + 1);
    large.set(PDF);
    expect(await codeOf('大.pdf', large)).toBe('FILE_TOO_LARGE');
    expect(checkFile('大.pdf', large.subarray(0, LARGEST)).mediaType).toBe('application/pdf');
    expect(await codeOf('断.docx', office('word/document.xml').subarray(0, 60))).toBe('FILE_BROKEN');
    expect(await codeOf('锁.ofd', zip({ 'OFD.xml': { data: 'x', flags: 1 } }))).toBe('FILE_BROKEN');
    expect(await codeOf('套.docx', office('word/document.xml', { 'word/embeddings/a.zip': 'x' }))).toBe('FILE_BROKEN');
    expect(await codeOf('宏.xlsx', office('xl/workbook.xml', { 'xl/vbaProject.bin': 'x' }))).toBe('FILE_MACROS');
  });

  it('has a name that every system saves under and that hides nothing', () => {
    const names: [string, string][] = [
      ['C:\\银行\\合同.pdf', '合同.pdf'],
      ['../../etc/passwd', 'passwd.pdf'],
      ['合同\u202efdp.exe', '合同fdp.exe.pdf'],
      ['甲\u0000乙\n丙.pdf', '甲乙丙.pdf'],
      ['a<b>:"c|d?.pdf', 'a_b___c_d_.pdf'],
      ['CON', '_CON.pdf'],
      ['  ...  ', '附件.pdf'],
      ['.pdf', '附件.pdf'],
      ['', '附件.pdf'],
    ];
    for (const [given, kept] of names) expect([given, safeName(given, 'pdf')]).toEqual([given, kept]);
  });

  it('never has a name with a folder, a control character or another ending than its type’s', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(texts, (text) => {
        const name = safeName(text, 'pdf');
        expect(name).toMatch(/^[^\\/<>:"|?*\p{Cc}\p{Cf}]+\.pdf$/u);
        expect(name.isWellFormed()).toBe(true);
        expect(Array.from(name).length).toBeLessThanOrEqual(125);
      }),
      { numRuns: 500 },
    );
  });
});

import { DomainError } from '../errors.ts';
import { decodeText, detectDelimiter, parseCsv } from './csv.ts';
import { LIMITS, type Table } from './table.ts';
import { readXlsx } from './xlsx.ts';

/** First bytes of files that people upload by mistake, and how to call them. */
const OTHERS: [name: string, ...bytes: number[]][] = [
  ['PDF 文件', 0x25, 0x50, 0x44, 0x46],
  ['RAR 压缩包', 0x52, 0x61, 0x72, 0x21],
  ['7z 压缩包', 0x37, 0x7a, 0xbc, 0xaf],
  ['GZIP 压缩包', 0x1f, 0x8b],
  ['PNG 图片', 0x89, 0x50, 0x4e, 0x47],
  ['JPEG 图片', 0xff, 0xd8, 0xff],
];

/**
 * Reads an uploaded table, CSV or XLSX by its content and never by its name, into rows of text cells.
 * Throws DomainError with a Chinese reason: FILE_TOO_LARGE, ZIP_BOMB, TABLE_TOO_LONG (413); FILE_TYPE, FILE_BINARY,
 * FILE_ENCODING (415); FILE_EMPTY, CSV_QUOTES, TABLE_TOO_WIDE, CELL_TOO_LONG, XLSX_BROKEN, XLSX_ENCRYPTED,
 * XLSX_ENTITIES (422).
 */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (bytes.length > LIMITS.bytes) {
    throw new DomainError('FILE_TOO_LARGE', `文件超过 ${LIMITS.bytes / 1_000_000} MB，请拆分后分别上传`, {
      status: 413,
    });
  }
  const zipped = startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0x50, 0x4b, 5, 6);
  const table = zipped ? await readXlsx(bytes) : readText(bytes);
  if (table.rows.length === 0) throw new DomainError('FILE_EMPTY', '文件里没有任何内容');
  return table;
}

function readText(bytes: Uint8Array): Table {
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw oleRefusal(bytes);
  const other = OTHERS.find(([, ...magic]) => startsWith(bytes, ...magic));
  if (other) throw wrongType(`这是${other[0]}`);
  const text = decodeText(bytes);
  if (/^\s*<(?:\?xml|!doctype|html|table|meta)/i.test(text.slice(0, 200))) {
    throw wrongType('这是网页或 XML 格式的表格（有些系统导出时把它命名为 .xls）');
  }
  return { format: 'csv', rows: parseCsv(text, detectDelimiter(text)), notes: [] };
}

/** Old .xls files and password-protected workbooks share one container (MS-CFB); the stream's name tells them apart. */
function oleRefusal(bytes: Uint8Array): DomainError {
  // Stream names stand in the directory, which may be anywhere; latin1 keeps bytes apart, and UTF-16 has a NUL after each letter.
  const name = [...'EncryptedPackage'].join('\0');
  if (new TextDecoder('latin1').decode(bytes).includes(name)) {
    return new DomainError('XLSX_ENCRYPTED', '工作簿设有打开密码，请取消密码后重新上传');
  }
  return wrongType('这是旧版 Excel（.xls）或其他 Office 97-2003 文件');
}

function wrongType(what: string): DomainError {
  return new DomainError('FILE_TYPE', `${what}，请另存为 XLSX 或 CSV 后重新上传`, { status: 415 });
}

function startsWith(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

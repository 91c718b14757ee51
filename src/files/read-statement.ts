import { DomainError } from '../errors.ts';
import { readCamt053 } from './camt053.ts';
import { decodeText } from './csv.ts';
import type { Mapping } from './headings.ts';
import { isMt940, readMt940 } from './mt940.ts';
import { readTable } from './read-table.ts';
import type { StatementFile } from './statement.ts';
import { readStatementTable } from './statement-table.ts';
import { LIMITS } from './table.ts';

/**
 * Reads a bank's statement by its content, never by its name: camt.053, MT940, or a table in CSV or XLSX whose columns are known or mapped.
 * @throws DomainError as those readers do, and FILE_TOO_LARGE (413)
 */
export async function readStatement(bytes: Uint8Array, mapping?: Mapping): Promise<StatementFile> {
  if (bytes.length > LIMITS.bytes) {
    throw new DomainError('FILE_TOO_LARGE', `文件超过 ${LIMITS.bytes / 1_000_000} MB，请按月分别上传`, { status: 413 });
  }
  const start = startOf(bytes);
  if (/^<(?:\?xml|!DOCTYPE|[\w:]*Document[\s>])/i.test(start)) return readCamt053(decodeText(bytes));
  if (/^(?:\{1:|:20:)/.test(start)) {
    const text = decodeText(bytes);
    if (isMt940(text)) return readMt940(text);
  }
  return readStatementTable({ ...(await readTable(bytes)), ...(mapping ? { mapping } : {}) });
}

/** The first letters, in whatever encoding: those that tell the formats apart are ASCII in all of them. */
function startOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1')
    .decode(bytes.subarray(0, 256))
    .replace(/^(?:\u00ef\u00bb\u00bf)?[\s\0]*/, '')
    .replaceAll('\0', '');
}

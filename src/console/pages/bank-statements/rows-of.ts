import type { Problem } from '../../api.ts';

/** As many rows are shown beside their faults. */
const MOST = 20;

/** The text of the rows that a refusal names, each with the one before it, whose balance it goes on from; nothing for a workbook, whose rows are not text. */
export async function rowsOf(file: File, { errors }: Problem): Promise<Map<number, string>> {
  const named = [...new Set(errors.flatMap(({ row }) => row ?? []))].slice(0, MOST);
  const rows = [...new Set(named.flatMap((row) => [row - 1, row]))].filter((row) => row > 0);
  if (rows.length === 0) return new Map();
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return new Map();
  const lines = textOf(bytes).split(/\r\n|\r|\n/);
  return new Map(rows.flatMap((row) => (lines[row - 1]?.trim() ? [[row, lines[row - 1]!.trim()] as const] : [])));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

import { type Inspection, inspectHeadings } from '../../../files/inspect-headings.ts';
import { readTable } from '../../../files/read-table.ts';
import { FILES, type FileKind } from './types.ts';

/** A file's headings with what each is taken for, and its first rows. @throws DomainError where it is no table */
export async function inspectFile(file: File, kind: FileKind): Promise<Inspection> {
  return inspectHeadings(await readTable(new Uint8Array(await file.arrayBuffer())), FILES[kind].columns);
}

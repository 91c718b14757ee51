import { DomainError } from '../errors.ts';
import { readDirectory } from '../files/zip.ts';

/** The largest attachment, bytes. */
export const LARGEST = 20 * 1024 * 1024;
const LONGEST_NAME = 120;

interface Kind {
  label: string;
  extension: string;
  mediaType: string;
  /** its first bytes */
  begins?: number[];
  /** a part that only this kind of ZIP has */
  holds?: string;
}
/** What may be handed in. */
const KINDS: readonly Kind[] = [
  { label: 'PDF', extension: 'pdf', mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { label: 'JPEG', extension: 'jpg', mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  {
    ...{ label: 'PNG', extension: 'png', mediaType: 'image/png' },
    begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  },
  {
    ...{ label: 'XLSX', extension: 'xlsx', holds: 'xl/workbook.xml' },
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  {
    ...{ label: 'DOCX', extension: 'docx', holds: 'word/document.xml' },
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  { label: 'OFD', extension: 'ofd', mediaType: 'application/ofd', holds: 'OFD.xml' },
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** As a reader names a kind by the end of a file's name. */
const SAME: Record<string, string> = { jpeg: 'jpg', jpe: 'jpg', jfif: 'jpg' };

/** A file that may be kept: its type by its content, and a name that is safe to save under and ends as its type does. */
export interface CheckedFile {
  mediaType: string;
  name: string;
}

/**
 * Looks at a file before it is kept; what its name says of its type counts for nothing.
 * @throws DomainError FILE_EMPTY, FILE_TYPE, FILE_BROKEN, FILE_MACROS (422), FILE_TOO_LARGE (413)
 */
export function checkFile(name: string, bytes: Uint8Array): CheckedFile {
  if (bytes.length === 0) throw new DomainError('FILE_EMPTY', `文件「${shown(name)}」是空的`);
  if (bytes.length > LARGEST)
    throw new DomainError('FILE_TOO_LARGE', `文件「${shown(name)}」超过 20 MB`, { status: 413 });
  const kind = KINDS.find(({ begins }) => begins && startsWith(bytes, begins)) ?? kindOfArchive(name, bytes);
  if (!kind) {
    const allowed = KINDS.map(({ label }) => label).join('、');
    throw new DomainError('FILE_TYPE', `文件「${shown(name)}」的内容不是 ${allowed} 格式，不能作为附件`);
  }
  return { mediaType: kind.mediaType, name: safeName(name, kind.extension) };
}

/** Which kind a ZIP is by what it holds; only its directory is read, nothing is inflated. */
function kindOfArchive(name: string, bytes: Uint8Array): Kind | undefined {
  if (!startsWith(bytes, ZIP)) return undefined;
  const parts = partsOf(name, bytes);
  if (parts.some((part) => /vbaProject\.bin$/i.test(part)))
    throw new DomainError('FILE_MACROS', `文件「${shown(name)}」含有宏，请另存为不含宏的文件后上传`);
  return KINDS.find(({ holds }) => holds !== undefined && parts.includes(holds));
}

function partsOf(name: string, bytes: Uint8Array): string[] {
  try {
    return [...readDirectory(bytes).keys()];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError('FILE_BROKEN', `文件「${shown(name)}」已损坏、已加密，或者内嵌了其他压缩包，不能作为附件`);
  }
}

const startsWith = (bytes: Uint8Array, begin: number[]): boolean => begin.every((byte, i) => bytes[i] === byte);

/**
 * A name that every system can save under and nobody can be misled by: no folders, no control or direction characters, none that
 * Windows forbids, at most 120 characters, ending in the extension of its type.
 */
export function safeName(name: string, extension: string): string {
  const plain = name
    .normalize('NFC')
    .toWellFormed()
    .replace(/^.*[\\/]/s, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*\ufffd]/g, '_');
  const [, stem = plain, end = ''] = /^(.*)\.([A-Za-z0-9]{1,5})$/.exec(plain) ?? [];
  const known = (SAME[end.toLowerCase()] ?? end.toLowerCase()) === extension;
  const base = (known ? stem : plain).replace(/^[.\s]+|[.\s]+$/gu, '');
  const cut = Array.from(base).slice(0, LONGEST_NAME).join('').trimEnd() || '附件';
  return `${/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(cut) ? `_${cut}` : cut}.${extension}`;
}

/** A name as a message shows it. */
const shown = (name: string): string =>
  Array.from(name.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, ''))
    .slice(0, 60)
    .join('');

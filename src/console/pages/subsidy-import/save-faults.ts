import { faultReport } from '../../../files/fault-report.ts';
import { writeXlsx } from '../../../files/write-xlsx.ts';
import type { Fault } from '../../api.ts';
import { FILES, type FileKind } from './types.ts';

/** Saves the faults of a file as XLSX, beside it by name: for whoever puts the file right. */
export async function saveFaults(faults: Fault[], kind: FileKind, fileName: string): Promise<void> {
  const bytes = await writeXlsx(faultReport(faults, FILES[kind].columns));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  link.download = `${fileName.replace(/\.\w+$/, '')} 问题清单.xlsx`;
  link.click();
  URL.revokeObjectURL(link.href);
}

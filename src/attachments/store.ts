import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { toHex } from '../db/hex.ts';
import type { Attachment } from '../generated/node/client.ts';

/** An attachment as others see it. `sha256` in hex. */
export interface AttachmentView {
  id: string;
  subject: string;
  paper: string;
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  uploadedOn: string;
}

/** What was handed in for a subject and not withdrawn, in the order in which it came; rows the actor may see. For its owner's services. */
export async function attachmentsOf(tx: Tx, subject: string): Promise<AttachmentView[]> {
  const rows = await tx.attachment.findMany({ where: { subject, withdrawnOn: null }, orderBy: { id: 'asc' } });
  return rows.map(attachmentView);
}

export function attachmentView(row: Attachment): AttachmentView {
  const { subject, paper, name, mediaType, size } = row;
  return {
    ...{ id: `${row.id}`, subject, paper, name, mediaType, size },
    ...{ sha256: toHex(row.sha256), uploadedOn: dateFromDb(row.uploadedOn) },
  };
}

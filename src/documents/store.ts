import type { Tx } from '../db/client.ts';

/** The fixed id of a document and the hash its verification code comes from: issued again it is the same row and the same paper. */
export async function documentIdentity(
  tx: Tx,
  kind: string,
  subject: string,
  content: string,
): Promise<{ id: string; hash: string }> {
  // `document_hash` mixes in the installation's secret, so that nobody computes codes from what a document says.
  const [row] = await tx.$queryRaw<{ id: string; hash: string }[]>`
    SELECT fixed_id(${kind} || ':' || ${subject})::text AS id,
           document_hash(${kind} || ':' || ${subject} || ':' || ${content}) AS hash`;
  return row!;
}

/** The next serial of a word (发文字号) in a year; the row is locked until the transaction ends, so numbers have no gaps. */
export async function nextSerial(tx: Tx, word: string, year: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO document_serial (word, year, last) VALUES (${word}, ${year}, 1)
    ON CONFLICT (word, year) DO UPDATE SET last = document_serial.last + 1 RETURNING last`;
  return row!.last;
}

import { DomainError } from '../errors.ts';

/**
 * Port: keeps bytes under the SHA-256 of their content (64 hex digits), for good. Putting the same again changes nothing; what is put is there
 * when the promise resolves. All reject with DomainError ATTACHMENT_STORE (503) when the store does not answer.
 */
export interface AttachmentStore {
  put(sha256: string, bytes: Uint8Array<ArrayBuffer>, mediaType: string): Promise<void>;
  /** The bytes, or null when there are none. */
  get(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
  has(sha256: string): Promise<boolean>;
}

/** Where bytes lie within a store: 256 folders, so that none grows too large. */
export const placeOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256}`;

/** A store that is not there, e.g. on Workers without S3: says so when somebody needs it, and not before. */
export function noAttachmentStore(why: string): AttachmentStore {
  const refuse = async (): Promise<never> => {
    throw new DomainError('ATTACHMENT_STORE', why, { status: 503 });
  };
  return { put: refuse, get: refuse, has: refuse };
}

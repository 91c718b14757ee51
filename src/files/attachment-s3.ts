import { AwsClient } from 'aws4fetch';
import { DomainError } from '../errors.ts';
import { type AttachmentStore, placeOf } from './attachments.ts';

/** S3-compatible storage. */
export interface S3Settings {
  /** e.g. https://minio.example.gov.cn; with `{bucket}` in it where the bucket is part of the host's name */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const TIMEOUT = 30_000;
/** Of what the store was too busy for (429, 5xx), a few moments apart. */
const RETRIES = 3;

/** Attachments as objects of a bucket, over fetch, so that it runs on Workers, too. Requests are signed (SigV4) with the hash of their content. */
export function s3Store({ endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Settings): AttachmentStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
  const root = endpoint.includes('{bucket}') ? endpoint.replace('{bucket}', bucket) : `${endpoint}/${bucket}`;
  const ask = async (method: string, sha256: string, more: RequestInit = {}): Promise<Response> => {
    const signal = AbortSignal.timeout(TIMEOUT);
    try {
      return await client.fetch(`${root}/${placeOf(sha256)}`, { method, signal, ...more });
    } catch {
      throw silent('没有应答');
    }
  };
  return {
    has: async (sha256) => found(await ask('HEAD', sha256)),
    put: async (sha256, body, mediaType) => {
      const headers = { 'content-type': mediaType, 'x-amz-content-sha256': sha256 };
      const answer = await ask('PUT', sha256, { body, headers });
      await answer.body?.cancel();
      if (!answer.ok) throw silent(`答复 ${answer.status}`);
    },
    get: async (sha256) => {
      const answer = await ask('GET', sha256);
      if (!found(answer)) {
        await answer.body?.cancel();
        return null;
      }
      return new Uint8Array(
        await answer.arrayBuffer().catch(() => {
          throw silent('传输中断');
        }),
      );
    },
  };
}

function found({ ok, status }: Response): boolean {
  if (ok) return true;
  if (status === 404) return false;
  throw silent(`答复 ${status}`);
}

function silent(what: string): DomainError {
  return new DomainError('ATTACHMENT_STORE', `附件存储${what}，请稍后再试；仍不行请联系系统管理员`, { status: 503 });
}

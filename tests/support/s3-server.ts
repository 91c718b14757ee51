import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const hex = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * An S3-compatible server over HTTP with one bucket and one key: verifies every request's signature (AWS Signature Version 4, from its
 * specification) and the hash of what was sent, keeps objects in memory, answers PUT, GET and HEAD as S3 does.
 */
export async function startS3Server(bucket: string) {
  const access = { accessKeyId: 'TESTKEY', secretAccessKey: 'test/secret+key', region: 'ningxia-1' };
  const objects = new Map<string, { bytes: Buffer; type: string }>();
  const seen: string[] = [];
  /** answers of 503 still to give */
  const busy = { times: 0 };
  const server = createServer(async (request, response) => {
    const bytes = Buffer.concat(await request.toArray());
    seen.push(`${request.method} ${request.url}`);
    const answer = (status: number, body: string | Buffer = '', type = 'application/xml') =>
      response.writeHead(status, { 'content-type': type, 'content-length': body.length }).end(body);
    const wrong = faultOf(request, bytes, access);
    if (wrong) return answer(403, `<Error><Code>${wrong}</Code></Error>`);
    if (busy.times > 0) {
      busy.times--;
      return answer(503, '<Error><Code>SlowDown</Code></Error>');
    }
    const [, owner, ...rest] = request.url!.split('/');
    const key = rest.join('/');
    if (owner !== bucket) return answer(404, '<Error><Code>NoSuchBucket</Code></Error>');
    if (request.method === 'PUT') {
      objects.set(key, { bytes, type: request.headers['content-type'] ?? '' });
      return answer(200);
    }
    const object = objects.get(key);
    if (!object) return answer(404, request.method === 'HEAD' ? '' : '<Error><Code>NoSuchKey</Code></Error>');
    return request.method === 'HEAD' ? response.writeHead(200).end() : answer(200, object.bytes, object.type);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { ...{ endpoint, bucket, objects, seen, busy, stop }, settings: { endpoint, bucket, ...access } };
}

/** What S3 would refuse this request for, or undefined. */
function faultOf(
  { method, url, headers }: IncomingMessage,
  bytes: Buffer,
  { accessKeyId, secretAccessKey, region }: { accessKeyId: string; secretAccessKey: string; region: string },
): string | undefined {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!said) return 'AccessDenied';
  const [, id, day, where, signed, signature] = said as unknown as string[];
  if (id !== accessKeyId) return 'InvalidAccessKeyId';
  const time = headers['x-amz-date'] as string;
  const content = headers['x-amz-content-sha256'] as string;
  const names = signed!.split(';');
  if (
    where !== region ||
    !time.startsWith(day!) ||
    !['host', 'x-amz-date', 'x-amz-content-sha256'].every((n) => names.includes(n))
  )
    return 'AuthorizationHeaderMalformed';
  // Only what has no body may leave its hash out.
  if (content === 'UNSIGNED-PAYLOAD' ? bytes.length > 0 : content !== hex(bytes)) return 'XAmzContentSHA256Mismatch';
  const [path, query = ''] = url!.split('?');
  const canonical = [
    ...[method, path, query, ...names.map((name) => `${name}:${String(headers[name]).trim()}`), ''],
    ...[signed, content],
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hex(canonical)].join('\n');
  const key = [day!, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}

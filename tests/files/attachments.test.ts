import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, s3Of } from '../../src/config.ts';
import { directoryStore } from '../../src/files/attachment-directory.ts';
import { s3Store } from '../../src/files/attachment-s3.ts';
import { type AttachmentStore, noAttachmentStore } from '../../src/files/attachments.ts';
import { startS3Server } from '../support/s3-server.ts';

const paper = (size: number) => {
  const bytes = new Uint8Array(randomBytes(size));
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};
const same = (a: Uint8Array | null, b: Uint8Array) => a !== null && Buffer.compare(a, b) === 0;

let folder: string;
let s3: Awaited<ReturnType<typeof startS3Server>>;
const stores: Record<string, AttachmentStore> = {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ningkedai-store-'));
  s3 = await startS3Server('papers');
  stores.directory = directoryStore(join(folder, 'attachments'));
  stores.s3 = s3Store(s3.settings);
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

describe.each(['directory', 's3'])('The attachment store in %s', (kind) => {
  it('gives back the very bytes, and says what it has', async () => {
    const { bytes, sha256 } = paper(1_000_000);
    expect(await stores[kind]!.has(sha256)).toBe(false);
    expect(await stores[kind]!.get(sha256)).toBeNull();
    await stores[kind]!.put(sha256, bytes, 'application/pdf');
    expect(await stores[kind]!.has(sha256)).toBe(true);
    expect(same(await stores[kind]!.get(sha256), bytes)).toBe(true);
  });

  it('takes the same again, also many times at once', async () => {
    const { bytes, sha256 } = paper(300_000);
    await Promise.all(Array.from({ length: 8 }, () => stores[kind]!.put(sha256, bytes, 'image/png')));
    await stores[kind]!.put(sha256, bytes, 'image/png');
    expect(same(await stores[kind]!.get(sha256), bytes)).toBe(true);
  });
});

describe('The directory', () => {
  it('holds each file whole, for the service’s user only, and nothing half-written', async () => {
    const { bytes, sha256 } = paper(10);
    await stores.directory!.put(sha256, bytes, 'application/pdf');
    const at = join(folder, 'attachments', sha256.slice(0, 2));
    expect((await stat(join(at, sha256))).mode & 0o777).toBe(0o600);
    expect((await readdir(at)).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
  });

  it('that cannot be written says so', async () => {
    const file = join(folder, 'no-directory');
    await writeFile(file, '');
    const { bytes, sha256 } = paper(10);
    await expect(directoryStore(file).put(sha256, bytes, 'application/pdf')).rejects.toMatchObject({
      ...{ code: 'ATTACHMENT_STORE', status: 503 },
    });
  });
});

describe('S3-compatible storage', () => {
  it('is asked with requests signed over their content, one object for each file', async () => {
    const { bytes, sha256 } = paper(2_000);
    s3.seen.length = 0;
    await stores.s3!.put(sha256, bytes, 'application/ofd');
    expect(s3.seen).toEqual([`PUT /papers/${sha256.slice(0, 2)}/${sha256}`]);
    expect(s3.objects.get(`${sha256.slice(0, 2)}/${sha256}`)).toMatchObject({ type: 'application/ofd' });
    // What is not what its hash says never gets in.
    const other = paper(2_000);
    await expect(stores.s3!.put(other.sha256, bytes, 'application/pdf')).rejects.toMatchObject({ status: 503 });
    expect(await stores.s3!.has(other.sha256)).toBe(false);
  });

  it('that is busy is asked again, and told of when it stays so', async () => {
    const { bytes, sha256 } = paper(100);
    s3.busy.times = 2;
    await stores.s3!.put(sha256, bytes, 'application/pdf');
    expect(s3.objects.has(`${sha256.slice(0, 2)}/${sha256}`)).toBe(true);
    s3.busy.times = 20;
    await expect(stores.s3!.get(sha256)).rejects.toMatchObject({
      code: 'ATTACHMENT_STORE',
      message: expect.stringContaining('503'),
    });
    s3.busy.times = 0;
  });

  it('that refuses the key, or is not there, is told of and never taken for an empty one', async () => {
    const { sha256 } = paper(10);
    const wrong = s3Store({ ...s3.settings, secretAccessKey: 'wrong' });
    await expect(wrong.has(sha256)).rejects.toMatchObject({ message: expect.stringContaining('403') });
    const nobody = s3Store({ ...s3.settings, endpoint: 'http://127.0.0.1:9' });
    await expect(nobody.get(sha256)).rejects.toMatchObject({ code: 'ATTACHMENT_STORE', status: 503 });
  });

  it('is named by four settings together, with or without a slash at the end, the bucket in the path or in the host', async () => {
    const settings = { S3_ENDPOINT: `${s3.endpoint}/`, S3_BUCKET: 'papers', S3_REGION: 'ningxia-1' };
    const keys = { S3_ACCESS_KEY_ID: s3.settings.accessKeyId, S3_SECRET_ACCESS_KEY: s3.settings.secretAccessKey };
    const { bytes, sha256 } = paper(10);
    await s3Store(s3Of(readConfig({ ...settings, ...keys }))!).put(sha256, bytes, 'application/pdf');
    expect(s3Of(readConfig({}))).toBeNull();
    expect(() => readConfig(settings)).toThrow(
      'S3_ENDPOINT 须与 S3_BUCKET、S3_ACCESS_KEY_ID、S3_SECRET_ACCESS_KEY 一起填写',
    );
    s3.seen.length = 0;
    const inHost = s3Store({ ...s3.settings, endpoint: `${s3.endpoint}/papers/{bucket}` });
    await inHost.put(sha256, bytes, 'application/pdf');
    expect(s3.seen[0]).toBe(`PUT /papers/papers/${sha256.slice(0, 2)}/${sha256}`);
  });
});

describe('Where there is no store', () => {
  it('whoever needs one is told so', async () => {
    const none = noAttachmentStore('此处未配置附件存储');
    const { bytes, sha256 } = paper(10);
    for (const asked of [none.has(sha256), none.get(sha256), none.put(sha256, bytes, 'application/pdf')])
      await expect(asked).rejects.toMatchObject({
        code: 'ATTACHMENT_STORE',
        status: 503,
        message: '此处未配置附件存储',
      });
  });
});

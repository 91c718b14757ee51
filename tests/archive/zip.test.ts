import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ZipWriter } from '../../src/files/write-zip.ts';
import { openSource } from '../../verify/source.ts';

const folder = mkdtempSync(join(tmpdir(), 'ningkedai-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A ZIP of these files, as our archives are written. */
function zipOf(...files: [path: string, content: Buffer][]): Buffer {
  const zip = new ZipWriter();
  const pieces = files.map(([path, content]) => zip.add(path, new Uint8Array(content)));
  return Buffer.concat([...pieces, zip.end()]);
}

/** Opens bytes as the verifier does. */
function open(bytes: Buffer) {
  const file = join(folder, 'x.zip');
  writeFileSync(file, bytes);
  return openSource(file);
}

const text = (content: string) => Buffer.from(content);
/** Where the n-th file stands in the directory. */
function listed(zip: Buffer, n = 0): number {
  let at = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  for (; n > 0; n--) at = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), at + 1);
  return at;
}
const MiB = 1024 * 1024;

describe('a ZIP given to the verifier', () => {
  it('is read file by file', () => {
    const source = open(zipOf(['a.txt', text('甲')], ['空/b.txt', text('')]));
    expect(source.paths).toEqual(['a.txt', '空/b.txt']);
    expect([source.read('a.txt'), source.read('空/b.txt'), source.read('c')].map(String)).toEqual([
      '甲',
      '',
      'undefined',
    ]);
  });

  it('is refused unopened when a file would unpack to more than there can be', () => {
    expect(() => open(zipOf(['bomb', Buffer.alloc(20 * MiB)]))).toThrow(/「bomb」展开后有 20971520 字节.*已拒绝/);
    const large = zipOf(['large', text('x')]);
    large.writeUInt32LE(0xf000_0000, listed(large) + 20);
    large.writeUInt32LE(0xfff0_0000, listed(large) + 24);
    expect(() => open(large)).toThrow('超过单个文件');
  });

  it('never unpacks more of a file than its directory says', () => {
    const bytes = zipOf(['bomb', Buffer.alloc(20 * MiB)], ['b', text('乙')]);
    bytes.writeUInt32LE(10, listed(bytes) + 24);
    const source = open(bytes);
    expect(() => source.read('bomb')).toThrow('展开后超过目录所载的 10 字节');
    expect(`${source.read('b')}`).toBe('乙');
  });

  it.each(['../x', 'a/../../x', '/etc/x', 'C:x', 'a\\x', 'a//x', './x', 'a\0x', 'a\nx'])(
    'is refused for the name %j',
    (path) => {
      expect(() => open(zipOf([path, text('x')]))).toThrow('不允许的文件名');
    },
  );

  it('is refused for a name that is there twice, files that lie over each other, and what is encrypted', () => {
    expect(() => open(zipOf(['a', text('1')], ['a', text('2')]))).toThrow('有两个「a」');
    const over = zipOf(['a', text('1')], ['b', text('2')]);
    over.writeUInt32LE(0, listed(over, 1) + 42);
    expect(() => open(over)).toThrow('重叠');
    const secret = zipOf(['a', text('1')]);
    secret.writeUInt16LE(0x0801, listed(secret) + 8);
    expect(() => open(secret)).toThrow('已加密');
  });

  it('is refused when it is none, or not whole', () => {
    const whole = zipOf(['a', text('1')], ['b', text('2')]);
    expect(() => open(text('PK'))).toThrow('不是 ZIP 文件');
    expect(() => open(whole.subarray(0, -5))).toThrow('不是 ZIP 文件，或文件不完整');
    expect(() => open(whole.subarray(10))).toThrow(/ZIP/);
    const many = Buffer.from(whole);
    many.writeUInt16LE(60_000, many.length - 12);
    expect(() => open(many)).toThrow('ZIP 的目录不正确');
  });

  it('gives no file whose content, name or way of packing is not as its directory says', () => {
    const read = (change: (zip: Buffer) => void) => {
      const zip = zipOf(['a', text('一二三四')]);
      change(zip);
      return () => open(zip).read('a');
    };
    expect(read((zip) => zip.writeUInt32LE(1, listed(zip) + 16))).toThrow('校验码不符');
    expect(read((zip) => zip.write('b', 30))).toThrow('位置不正确');
    expect(read((zip) => zip.writeUInt16LE(12, listed(zip) + 10))).toThrow('压缩方法 12 不能读');
  });

  // Programs that unpack look for the directory before the record at the end, wherever that says it stands.
  it('is refused when another program would find another directory in it', () => {
    const [shown, hidden] = [zipOf(['a', text('真')]), zipOf(['a', text('伪')])];
    const end = shown.subarray(-22);
    expect(() => open(Buffer.concat([shown.subarray(0, -22), hidden.subarray(0, -22), end]))).toThrow('已拒绝');
    expect(() => open(Buffer.concat([hidden, shown]))).toThrow('已拒绝');
    expect(() => open(Buffer.concat([shown, text('其他')]))).toThrow('末尾另有内容');
    const noted = Buffer.concat([shown, hidden]);
    noted.writeUInt16LE(hidden.length, shown.length - 2);
    expect(() => open(noted)).toThrow('已拒绝');
  });

  it('is refused when its large record says something else than its small one', () => {
    const many = zipOf(...Array.from({ length: 65_600 }, (_, i): [string, Buffer] => [`${i}`, text('')]));
    expect(open(many).paths).toHaveLength(65_600);
    many.writeUInt32LE(0, many.length - 6);
    expect(() => open(many)).toThrow('已拒绝');
  });
});

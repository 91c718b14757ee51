import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import { EVERYWHERE } from '../http/security-headers.ts';

// Builds the console into dist/console when its sources are newer than the last build, with a Brotli copy of each file beside it.

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const out = path('../../dist/console');
const stamp = `${out}/.built`;

/** What the bundle is made of: the console itself, what it shares with the server, and the packages. */
const SOURCES = [
  '.',
  '../access/roles.ts',
  '../money',
  '../calendar',
  '../parties',
  '../loans/terms.ts',
  '../../package-lock.json',
];

function newest(at: string): number {
  if (!statSync(at).isDirectory()) return statSync(at).mtimeMs;
  return Math.max(
    0,
    ...readdirSync(at, { recursive: true, encoding: 'utf8' }).map((name) => statSync(`${at}/${name}`).mtimeMs),
  );
}

const changed = Math.max(...SOURCES.map((source) => newest(path(source))));
if (!existsSync(stamp) || statSync(stamp).mtimeMs < changed) {
  process.stdout.write('正在构建控制台……\n');
  // Under a test runner, too, what is built is what is served: React and antd without their checks for developers.
  process.env.NODE_ENV = 'production';
  await build({ configFile: path('vite.config.ts'), logLevel: process.argv.includes('--verbose') ? 'info' : 'warn' });
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(`${out}/${name}.br`, brotliCompressSync(readFileSync(`${out}/${name}`), { params }));
  }
  // Read by Workers for the files it serves without asking the Worker.
  const headers = { ...EVERYWHERE, 'cache-control': 'public, max-age=31536000, immutable' };
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  writeFileSync(`${out}/../_headers`, `/console/assets/*\n${lines.join('\n')}\n`);
  writeFileSync(stamp, '');
}

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import { EVERYWHERE } from '../http/security-headers.ts';

// Builds the console into dist/console when something is newer than the last build, with a Brotli copy of each file beside it.

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const out = path('../../dist/console');
const stamp = `${out}/.built`;

/** Any source may end up in the bundle: the console shares rules and names with the server. */
function newest(): number {
  const names = readdirSync(path('..'), { recursive: true, encoding: 'utf8' }).filter(
    (n) => !n.startsWith('generated'),
  );
  const files = [...names.map((name) => path(`../${name}`)), path('../../package-lock.json')];
  return Math.max(...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

/** Built beside and put in place whole: whoever else builds or serves at the same time never sees half of it. */
async function rebuild(): Promise<void> {
  const fresh = `${out}.${process.pid}`;
  const began = Date.now();
  // Under a test runner, too, what is built is what is served: React and antd without their checks for developers.
  process.env.NODE_ENV = 'production';
  const logLevel = process.argv.includes('--verbose') ? 'info' : 'warn';
  await build({ configFile: path('vite.config.ts'), build: { outDir: fresh }, logLevel });
  for (const name of readdirSync(fresh, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(`${fresh}/${name}.br`, brotliCompressSync(readFileSync(`${fresh}/${name}`), { params }));
  }
  writeFileSync(`${fresh}/.built`, `${began}`);
  const old = `${fresh}.old`;
  if (existsSync(out)) renameSync(out, old);
  renameSync(fresh, out);
  rmSync(old, { recursive: true, force: true });
  // Read by Workers for the files it serves without asking the Worker.
  const headers = { ...EVERYWHERE, 'cache-control': 'public, max-age=31536000, immutable' };
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  writeFileSync(`${out}/../_headers`, `/console/assets/*\n${lines.join('\n')}\n`);
}

if (!existsSync(stamp) || Number(readFileSync(stamp, 'utf8')) < newest()) {
  process.stdout.write('正在构建控制台……\n');
  await rebuild();
}

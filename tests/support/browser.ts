import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = `${root}node_modules/.cache/chromium`;

/** An npm package carries one for this machine: the same version for everybody, and without the parts that nobody sees. */
const PACKAGED = process.platform === 'linux' && process.arch === 'x64';

/** Where other systems keep theirs. */
const INSTALLED = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Unpacks the Chromium that an npm package carries, with the libraries it needs, once. */
const UNPACK =
  "import('@sparticuz/chromium').then((m) => m.default.executablePath()).then((path) => process.stdout.write(path))";

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-default-browser-check'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-zygote'],
];

/** CHROMIUM=path, or the system's where npm has none. */
const own = (): string | undefined => process.env.CHROMIUM ?? (PACKAGED ? undefined : INSTALLED.find(existsSync));

/** Makes sure a Chromium is there before the tests ask for one. */
export function prepareBrowser(): void {
  if (own() || existsSync(`${cache}/chromium`)) return;
  if (!PACKAGED) throw new Error('浏览器测试需要 Chromium：请安装 Chrome，或以 CHROMIUM=路径 指明');
  mkdirSync(cache, { recursive: true });
  // The package unpacks its libraries only where it believes itself on Lambda.
  const env = { ...process.env, TMPDIR: cache, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  execFileSync(process.execPath, ['-e', UNPACK], { cwd: root, env });
}

/** A real Chromium. */
export async function openBrowser(): Promise<Browser> {
  const installed = own();
  if (installed) return chromium.launch({ executablePath: installed, args: FLAGS });
  return chromium.launch({ executablePath: `${cache}/chromium`, args: FLAGS, env: unpackedEnvironment() });
}

/** Where the unpacked browser finds libraries, and a Chinese font, on a machine that has neither. */
function unpackedEnvironment(): Record<string, string> {
  const fonts = `${cache}/fonts.conf`;
  const folder = `${root}node_modules/@expo-google-fonts/noto-sans-sc`;
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts</dir><dir>${folder}</dir><cachedir>${cache}/fonts</cachedir></fontconfig>`,
  );
  const libraries = [process.env.LD_LIBRARY_PATH, `${cache}/al2023/lib`].filter(Boolean).join(':');
  return { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fonts };
}

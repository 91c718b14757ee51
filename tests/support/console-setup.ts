import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepareBrowser } from './browser.ts';

/** Once per run: the console as it is served, and a browser to open it in. */
export default function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  execFileSync(process.execPath, ['src/console/build.ts'], { cwd: root, stdio: 'inherit' });
  prepareBrowser();
}

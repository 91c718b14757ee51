// Keeps a PostgreSQL in a temporary folder for as long as its standard input is open, and leaves neither process nor file behind:
// the pipe closes however the one who holds it ends, also by Ctrl-C or `kill -9`. Prints the database's URL when it is ready.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../src/db/embedded.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'ningkedai-test-'));
chmodSync(dataDir, 0o755); // as root PostgreSQL runs under an account of its own, which must enter
const released = new Promise((resolve) => process.stdin.once('close', resolve).resume());
try {
  const { url, stop } = await startEmbedded({ dataDir, throwaway: true });
  process.stdout.on('error', () => {}).write(`${url}\n`);
  await released;
  await stop();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
}

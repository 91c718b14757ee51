import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  child: ChildProcess;
  /** The next line it prints. */
  next(): Promise<{ url?: string; pid?: number; code?: string; message?: string; last?: string }>;
  /** kill -9, and wait. */
  kill(): Promise<void>;
}

/** Starts a Node process of its own group on an embedded PostgreSQL (`server-process.ts`). */
export function startServerProcess(dataDir: string, httpPort = 0): ServerProcess {
  const program = fileURLToPath(new URL('./server-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dataDir, String(httpPort)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    next: async () => JSON.parse((await lines.next()).value ?? '{}'),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

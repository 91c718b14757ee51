import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The console that the build left in a folder, as answers by path within it, e.g. `assets/main-x.js`: compressed where the browser takes it. Held in
 * memory; a folder without a build answers null to everything.
 */
export function builtConsole(folder: string): (path: string, request: Request) => Promise<Response | null> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const files = new Map(
    names
      .filter((name) => /\.(html|js|css|svg|br)$/.test(name))
      .map((name) => [name.replaceAll('\\', '/'), new Uint8Array(readFileSync(join(folder, name)))]),
  );
  return async (path, request) => {
    const type = TYPES[extname(path)];
    const plain = files.get(path);
    if (!type || !plain) return null;
    const headers: Record<string, string> = { 'content-type': type, vary: 'accept-encoding' };
    const brotli = request.headers.get('accept-encoding')?.includes('br') ? files.get(`${path}.br`) : undefined;
    if (brotli) headers['content-encoding'] = 'br';
    return new Response(brotli ?? plain, { headers });
  };
}

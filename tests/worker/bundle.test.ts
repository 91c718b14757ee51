import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** Every package that our own code brings along with an entry, through all files it imports; types are not brought. */
function packagesOf(entry: string): string[] {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path) || !path.endsWith('.ts')) return;
    seen.add(path);
    for (const [, from] of readFileSync(path, 'utf8').matchAll(
      /^(?:import|export) (?!type )[^'"]*?from '([^']+)'/gms,
    )) {
      if (from!.startsWith('.')) visit(join(dirname(path), from!));
      else
        packages.add(
          from!
            .split('/')
            .slice(0, from!.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  };
  visit(entry);
  expect(seen.size).toBeGreaterThan(100);
  return [...packages].sort();
}

it('brings nothing to Workers but what runs there: no PDF, no file system, no server, no second log', () => {
  const allowed =
    '@hono/zod-openapi @prisma/adapter-pg @zxcvbn-ts/language-common aws4fetch better-auth decimal.js hono hucre pg pg-boss zod';
  expect(packagesOf('src/index.ts').join(' ')).toBe(allowed);
});

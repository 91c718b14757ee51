import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULEBOOKS } from '../src/policy/register.ts';

/** Who may import whom (DESIGN, "May import"); every folder may import itself, money, calendar and errors. */
const MAY_IMPORT: Record<string, string[]> = {
  money: [],
  calendar: [],
  policy: ['db', 'access', 'generated'],
  ledger: ['db', 'access'],
  parties: ['files', 'db', 'access', 'generated'],
  pool: ['policy', 'ledger', 'documents', 'db', 'access', 'generated'],
  documents: ['policy', 'db', 'access', 'generated'],
  loans: ['parties', 'policy', 'pool', 'guarantee', 'ledger', 'documents', 'files', 'db', 'access', 'generated'],
  guarantee: ['policy', 'ledger', 'pool', 'db', 'access', 'generated'],
  compensation: [
    ...['parties', 'policy', 'pool', 'guarantee', 'loans', 'ledger', 'documents', 'attachments'],
    ...['files', 'db', 'access', 'generated'],
  ],
  settlement: ['parties', 'policy', 'pool', 'guarantee', 'loans', 'ledger', 'documents', 'db', 'access', 'generated'],
  reconciliation: ['ledger', 'settlement', 'pool', 'policy', 'documents', 'files', 'db', 'access', 'generated'],
  home: [
    ...['parties', 'policy', 'pool', 'loans', 'compensation', 'ledger', 'settlement', 'documents'],
    ...['db', 'access', 'generated'],
  ],
  subsidies: [
    ...['parties', 'policy', 'loans', 'ledger', 'documents', 'attachments'],
    ...['files', 'db', 'access', 'generated'],
  ],
  archive: ['policy', 'files', 'db', 'access', 'generated'],
  attachments: ['files', 'db', 'access', 'generated'],
  files: [],
  access: ['db', 'generated'],
  db: ['access', 'generated'],
};
const EVERYONE = ['money', 'calendar', 'errors.ts'];
/** Folders whose files are pure unless they are named store or service. */
const DOMAINS = [
  'money',
  'calendar',
  'policy',
  'parties',
  'loans',
  'guarantee',
  'compensation',
  'pool',
  'ledger',
  'settlement',
  'reconciliation',
  'documents',
  'attachments',
  'home',
  'subsidies',
  'archive',
];

interface Source {
  path: string;
  folder: string;
  text: string;
  imports: { from: string; type: boolean }[];
}

function sources(root: string): Source[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('generated') && !name.startsWith('console'))
    .map((name) => {
      const path = join(root, name);
      const text = readFileSync(path, 'utf8');
      const imports = [...text.matchAll(/^import (type )?[^'"]*?from '([^']+)'/gms)].map(([, type, from]) => ({
        from: from!,
        type: Boolean(type),
      }));
      return { path, folder: name.includes('/') ? name.split('/')[0]! : '', text, imports };
    });
}

const SRC = sources('src');
const ALL = [...SRC, ...sources('jobs'), ...sources('templates')];
const target = (source: Source, from: string): string =>
  normalize(join(dirname(source.path), from)).replace(/^src\//, '');
const isImpure = (path: string): boolean => /(^|-|\/)(store|service)\.ts$/.test(path);

describe('the house stays tidy', () => {
  it('lets each folder import only what DESIGN allows it', () => {
    const strays = SRC.filter((s) => s.folder in MAY_IMPORT).flatMap((s) =>
      s.imports
        .filter(({ from }) => from.startsWith('.'))
        .map(({ from }) => target(s, from).split('/')[0]!)
        .filter(
          (folder) => folder !== s.folder && !EVERYONE.includes(folder) && !MAY_IMPORT[s.folder]!.includes(folder),
        )
        .map((folder) => `${s.path} → ${folder}`),
    );
    expect(strays).toEqual([]);
  });

  it('keeps routes and jobs away from stores', () => {
    const strays = [...SRC.filter((s) => s.folder === 'http'), ...sources('jobs')].flatMap((s) =>
      s.imports.filter(({ from }) => /store\.ts$/.test(from)).map(({ from }) => `${s.path} → ${from}`),
    );
    expect(strays).toEqual([]);
  });

  it('keeps domain files pure but for stores and services', () => {
    const impure = /\bawait\b|\basync\b|\bnew Date\(\)|Date\.now|Math\.random|process\.env|\bcrypto\b/;
    const strays = SRC.filter((s) => DOMAINS.includes(s.folder) && !isImpure(s.path)).flatMap((s) => {
      const code = s.text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');
      const outside = s.imports
        .filter(
          ({ from, type }) =>
            /^(node:|hono|@hono|@prisma)/.test(from) || (!type && /\/(db|generated|http)\//.test(from)),
        )
        .map(({ from }) => from);
      return impure.test(code) || outside.length > 0 ? [`${s.path} ${outside}`] : [];
    });
    expect(strays).toEqual([]);
  });

  it('reads a clock only in http/context', () => {
    const strays = SRC.filter((s) => /new Date\(\)|Date\.now\(/.test(s.text) && s.path !== 'src/http/context.ts').map(
      (s) => s.path,
    );
    expect(strays).toEqual([]);
  });

  it('uses node: only where it must, so that the API runs on Workers', () => {
    const allowed = /^src\/(db\/|files\/|server\.ts)/;
    expect(
      SRC.filter((s) => s.imports.some(({ from }) => from.startsWith('node:')) && !allowed.test(s.path)).map(
        (s) => s.path,
      ),
    ).toEqual([]);
  });

  it('has no file longer than 400 lines', () => {
    expect(
      ALL.filter((s) => s.text.split('\n').length > 401).map((s) => `${s.path} ${s.text.split('\n').length}`),
    ).toEqual([]);
  });

  it('never turns money into a JS number', () => {
    expect(ALL.filter((s) => /parseFloat\(|\.toNumber\(\)/.test(s.text)).map((s) => s.path)).toEqual([]);
  });

  it('knows provinces only in policies', () => {
    const places = /宁夏|银川|平罗|安徽|河南|珠海|厦门/;
    const strays = [...SRC.filter((s) => s.folder !== 'policy'), ...sources('jobs')].filter((s) =>
      places.test(s.text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '')),
    );
    expect(strays.map((s) => s.path)).toEqual([]);
  });

  it('cites every clause and gives it cases', () => {
    const clauses = RULEBOOKS.flatMap((p) => p.clauses);
    expect(
      clauses
        .filter((c) => c.cases.length === 0 || c.versions.some((v) => !v.citation.document || !v.citation.article))
        .map((c) => c.id),
    ).toEqual([]);
  });

  it('has no two folders that import each other in a circle', () => {
    const edges = new Map<string, Set<string>>();
    for (const s of SRC.filter((x) => DOMAINS.includes(x.folder))) {
      for (const { from } of s.imports.filter((i) => i.from.startsWith('.'))) {
        const folder = target(s, from).split('/')[0]!;
        if (DOMAINS.includes(folder) && folder !== s.folder)
          edges.set(s.folder, (edges.get(s.folder) ?? new Set()).add(folder));
      }
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(edges.get(from) ?? [])].some(
        (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
      );
    expect(DOMAINS.filter((folder) => reaches(folder, folder))).toEqual([]);
  });
});

describe('every use case', () => {
  const WRITES =
    /\.(create|createMany|update|updateMany|upsert|delete)\(|\$executeRaw`(?!SELECT)|\bpost(Many)?\(tx|\binsert[A-Z]\w*\(/;
  const useCases = SRC.filter((s) => /service\.ts$/.test(s.path)).flatMap((s) =>
    [...s.text.matchAll(/^export (?:async )?function (\w+)\(([\s\S]*?)^}/gm)].map(([whole, name, rest]) => {
      // What a use case leaves to a function of its own file counts as its own.
      const helpers = [...s.text.matchAll(/^(?:async )?function (\w+)\([\s\S]*?^}/gm)].filter(([, helper]) =>
        new RegExp(`\\b${helper}\\(`).test(whole),
      );
      return {
        name: `${s.path} ${name}`,
        body: whole + helpers.map(([text]) => text).join(''),
        ctxFirst: /^\s*ctx: Context/.test(rest!),
      };
    }),
  );

  it('asks for permission', () => {
    expect(useCases.length).toBeGreaterThan(30);
    expect(useCases.filter((u) => u.ctxFirst && !/permit\(|ownBank\(/.test(u.body)).map((u) => u.name)).toEqual([]);
  });

  it('leaves an audit row when it writes', () => {
    expect(
      useCases.filter((u) => u.ctxFirst && WRITES.test(u.body) && !/audit\(/.test(u.body)).map((u) => u.name),
    ).toEqual([]);
  });
});

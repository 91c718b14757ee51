import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Locked {
  version: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  link?: boolean;
}
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const lock: Record<string, Locked> = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
const DIRECT: Record<string, string> = { ...dependencies, ...devDependencies, ...optionalDependencies };
/** What `npm ci --omit=dev` installs: the server, its tools, and what the console is built from. */
const INSTALLED = Object.entries(lock).flatMap(([path, locked]) =>
  path === '' || locked.dev || locked.link ? [] : [{ name: path.split('node_modules/').at(-1)!, ...locked }],
);

/** Licences that let us pass the service on under Apache-2.0: permissive ones, and MPL-2.0, whose terms stay with its own files, which we do not change. */
const ALLOWED = new Set(
  '0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 CC-BY-4.0 CC0-1.0 ISC MIT MIT-0 MPL-2.0 OFL-1.1 Python-2.0 Unlicense'.split(
    ' ',
  ),
);
/** Looked at one by one. */
const EXCEPTIONS: Record<string, string> = {
  elkjs: 'EPL-2.0; comes with the pages of `prisma studio`, which we neither run, change nor pass on',
  'png-js': 'MIT by its LICENSE file; package.json names none',
  'seq-queue': 'MIT by its LICENSE file; package.json names none',
};

/** Whether a licence expression (SPDX: AND binds before OR) can be met from the allowed ones. */
function isAllowed(expression: string): boolean {
  const alternatives = expression.replace(/[()]/g, '').split(/ or /i);
  return alternatives.some((all) => all.split(/ and /i).every((licence) => ALLOWED.has(licence.trim())));
}

describe('我们依赖的软件包', () => {
  it('are each pinned to one version, which is the one that is locked', () => {
    expect(Object.entries(DIRECT).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))).toEqual([]);
    const elsewhere = Object.entries(DIRECT).filter(
      ([name, version]) => lock[`node_modules/${name}`]?.version !== version,
    );
    expect(elsewhere).toEqual([]);
  });

  it('are locked by their content, whatever the registry says later', () => {
    const open = Object.entries(lock).filter(
      ([path, { integrity, link }]) => path !== '' && !link && !integrity?.startsWith('sha512-'),
    );
    expect(open.map(([path]) => path)).toEqual([]);
    const git = Object.values(lock).filter(({ resolved }) => resolved && !resolved.startsWith('https://'));
    expect(git).toEqual([]);
  });

  it('have licences under which the service may be passed on', () => {
    expect(INSTALLED.length).toBeGreaterThan(200);
    const strange = INSTALLED.filter(({ name, license }) => !(name in EXCEPTIONS) && !isAllowed(license ?? ''));
    expect(strange.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
  });

  it('include every exception, and no exception for what is no longer there', () => {
    const names = new Set(INSTALLED.map(({ name }) => name));
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([]);
    for (const name of ['png-js', 'seq-queue'])
      expect(readFileSync(`node_modules/${name}/LICENSE`, 'utf8')).toMatch(
        /Permission is hereby granted, free of charge/,
      );
  });

  it.each([
    ['MIT', true],
    ['MIT AND OFL-1.1', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['Apache-2.0 AND LGPL-3.0-or-later', false],
    ['GPL-3.0-only', false],
    ['', false],
  ])('%s counts as %s', (expression, allowed) => expect(isAllowed(expression)).toBe(allowed));
});

describe('我们的页面', () => {
  it('name no address of another site in their sources, but for names that are no addresses', () => {
    const files = ['src/console', 'src/http'].flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(tsx?|css|html)$/.test(name))
        .map((name) => join(root, name)),
    );
    expect(files.length).toBeGreaterThan(50);
    const strange = files.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/(?:https?:)?\/\/([\w-]+(?:\.[\w-]+)+)|https?:\/\/([\w-]+)/g)]
        .map(([address]) => address)
        .filter((address) => !/localhost|example|www\.w3\.org/.test(address))
        .map((address) => `${path} ${address}`),
    );
    expect(strange).toEqual([]);
  });
});

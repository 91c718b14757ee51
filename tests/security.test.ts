import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const DOCUMENT = readFileSync('docs/security.md', 'utf8');
const ROWS = [...DOCUMENT.matchAll(/^\| ([\d.、]+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, ids, requirement, verdict, tests]) => ({
    ids: ids!.split('、'),
    requirement: requirement!,
    verdict: verdict!,
    tests: tests!,
  }),
);
const CITED = /`(tests\/[^`]+)` › `([^`]+)`/g;

/** Requirements of levels 1 and 2 in each section of ASVS 5.0.0: how many, all of them numbered from 1. Chapters 9, 10 and 17 are told as wholes. */
const LEVEL_2: Record<string, number> = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4 },
  ...{ '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3, '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2, '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4 },
  ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3, '15.1': 3, '15.2': 3, '15.3': 7 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
};
const WHOLE = ['9', '10', '17'];
/** 14.3 and 15.1 to 15.3 as they stand in the standard: where level 3 items come between, the numbers of levels 1 and 2 still run from 1. */
const EXPECTED = Object.entries(LEVEL_2).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, i) => `${section}.${i + 1}`),
);

describe('docs/security.md', () => {
  it('says of every requirement of levels 1 and 2, once, how it stands', () => {
    const told = ROWS.flatMap(({ ids }) =>
      ids.flatMap((id) => (LEVEL_2[id] ? EXPECTED.filter((x) => x.startsWith(`${id}.`)) : id)),
    );
    expect(told.filter((id, i) => told.indexOf(id) !== i)).toEqual([]);
    expect([...told].sort()).toEqual([...EXPECTED, ...WHOLE].sort());
  });

  it('gives each one of five verdicts, and a reason where it is not met', () => {
    const vague = ROWS.filter(({ verdict }) => !/^(满足|(部分|未满足)。.+|部署|部署。.+|不适用(。.+)?$)/.test(verdict));
    expect(vague.map(({ ids }) => ids)).toEqual([]);
  });

  it('cites only tests that exist', () => {
    const cited = ROWS.flatMap(({ tests }) =>
      [...tests.matchAll(CITED)].map(([, file, name]) => ({ file: file!, name: name! })),
    );
    expect(cited.length).toBeGreaterThan(60);
    const missing = cited.filter(({ file, name }) => !readFileSync(file, 'utf8').includes(`'${name}'`));
    expect(missing).toEqual([]);
    expect(
      ROWS.filter(({ tests }) => tests !== '—' && ![...tests.matchAll(CITED)].length).map(({ ids }) => ids),
    ).toEqual([]);
  });
});

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that need no database, so that running one of them does not wait for PostgreSQL. */
const PURE = [
  ...['tests/core/**/*.test.ts', 'tests/policy/**/*.test.ts', 'tests/files/**/*.test.ts'],
  ...['tests/tidy.test.ts', 'tests/licences.test.ts', 'tests/security.test.ts'],
];

/** Files that take minutes, though they are short: they begin first, so that none is left running alone at the end. */
const LONG = ['tests/console/pages.test.ts', 'tests/flows/compensation-properties.test.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((path) => moduleId.endsWith(path));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 120_000, // the demonstration is told in them
    maxWorkers: '100%', // the tests wait for PostgreSQL more than they compute
    projects: [
      { extends: true, test: { name: 'pure', include: PURE } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['tests/**/*.test.ts'],
          exclude: [...PURE, 'tests/outside/**', 'tests/console/**'],
          globalSetup: 'tests/support/global-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'console',
          include: ['tests/console/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts', 'tests/support/console-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});

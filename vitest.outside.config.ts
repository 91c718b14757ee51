import { defineConfig } from 'vitest/config';

/** Tests that need programs from outside npm (hledger, ledger, beancount, curl, Python, Java): not part of `npm test`; `npx vitest run --config vitest.outside.config.ts`. */
export default defineConfig({
  test: {
    include: ['tests/outside/**/*.test.ts'],
    globalSetup: 'tests/support/global-setup.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

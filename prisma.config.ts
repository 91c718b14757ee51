import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// The CLI wants a native engine that it downloads; the stand-in works without. Whoever has the native one sets the variable.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('./prisma/schema-engine.mjs', import.meta.url));

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  // `generate` and `validate` need no database, yet the CLI wants an address.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/ningkedai' },
});

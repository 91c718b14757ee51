import type { PrismaClient } from '../generated/node/client.ts';

/** The Prisma client; Node and Workers make it from their own generated code, the types are the same. */
export type Db = PrismaClient;

/** The client inside a transaction. */
export type Tx = Parameters<Parameters<Db['$transaction']>[0]>[0];

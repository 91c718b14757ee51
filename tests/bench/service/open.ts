import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { sender } from '../../../jobs/boss.ts';
import { startWorkers } from '../../../jobs/worker.ts';
import { actorOf } from '../../../src/access/api-key.ts';
import { type Actor, type Context, SYSTEM } from '../../../src/access/context.ts';
import { issueKey, issueOwnKey } from '../../../src/access/key-service.ts';
import { type Role, SECOND_FACTOR_ROLES } from '../../../src/access/roles.ts';
import type { Db } from '../../../src/db/client.ts';
import { openDatabase } from '../../../src/db/node-client.ts';
import { noAttachmentStore } from '../../../src/files/attachments.ts';
import { createApp } from '../../../src/http/app.ts';
import { makeUser } from '../../support/logins.ts';

/** The service as it runs in production, on a database of the bench, with a clock that the bench sets. */
export interface Service {
  db: Db;
  pool: pg.Pool;
  /** what a use case is given: an actor and, unless told, the service's own day */
  as(actor?: Actor, today?: string): Context;
  /** an actor of a role with a key of its own */
  hire(role: Role, institution?: string): Promise<{ actor: Actor; key: string }>;
  /** HTTP on a real port of this machine, and the workers in this process */
  listen(): Promise<string>;
  stop(): Promise<void>;
}

/** Opens the service on a migrated database. Whatever it logs as an error is shown and fails the bench. */
export async function openService(url: string, today: string): Promise<Service> {
  const { db, pool, close } = openDatabase(url);
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, migrate: false, max: 4 });
  const fail = (fields: object): void => {
    console.error(fields);
    process.exitCode = 1;
  };
  boss.on('error', fail);
  await boss.start();
  const log = { info: () => {}, warn: () => {}, error: fail };
  const deps = { db, log, publicUrl: 'http://localhost:8787', send: sender(boss) };
  const as = (actor: Actor = SYSTEM, day = today): Context => ({ ...deps, actor, today: day, requestId: 'bench' });
  const none = { consoleFile: async () => null, attachments: noAttachmentStore('性能测试没有附件') };
  const server = createServer(
    getRequestListener(createApp({ ...deps, ...none, today: () => today, demonstration: false }).fetch),
  );
  return {
    ...{ db, pool, as },
    hire: async (role, institutionCode) => {
      if (SECOND_FACTOR_ROLES.includes(role)) {
        const owner = await makeUser(db, { role, institutionCode });
        const actor = await actorOf(db, owner.id);
        return { actor, key: (await issueOwnKey(as(actor), { name: role, code: owner.code() })).key };
      }
      const { id, key } = await issueKey(as(), { name: role, role, institutionCode });
      return { actor: await actorOf(db, id), key };
    },
    listen: async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      await startWorkers({ ...deps, boss, today: () => today });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await boss.stop({ graceful: false });
      await close();
    },
  };
}

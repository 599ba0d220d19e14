import { constants, realpathSync } from 'node:fs';
import { glob, open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { FilesPort } from '@millrace/workflow/ports';
import { FilesRootError } from './files-root.error.ts';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/**
 * One folder for nodes. A file counts as within it when its real path is its own path, links resolved,
 * and is the very file that was opened: a folder that is swapped for a link meanwhile is noticed.
 */
export function createFilesRoot(folder: string): FilesPort {
  const root = realpathSync(folder);

  /** @throws {FilesRootError} for what leads out of the folder, before anything is touched. */
  function pathWithin(path: string): string {
    const target = resolve(root, path);
    if (target.startsWith(root.endsWith(sep) ? root : root + sep)) return target;
    throw new FilesRootError(path, 'is outside the folder for files');
  }

  async function openWithin(path: string, flags: number): Promise<FileHandle> {
    const target = pathWithin(path);
    const isPlaced = await isOwnPath(dirname(target));
    if (!isPlaced) throw new FilesRootError(path, 'is not in a folder that is there');
    // Not truncated and not waited for here: it may yet turn out to be something else.
    const handle = await open(target, flags | O_NOFOLLOW | O_NONBLOCK, 0o644).catch(
      (error: unknown) => {
        throw new FilesRootError(path, reasonOf(error), error);
      },
    );
    const isOwn = await isOpened(handle, target).catch(() => false);
    if (isOwn) return handle;
    await handle.close();
    throw new FilesRootError(path, 'is no plain file within the folder');
  }

  return {
    async find(pattern) {
      const below = relative(root, pathWithin(pattern));
      const found: string[] = [];
      for await (const entry of glob(below, { cwd: root })) {
        const target = resolve(root, entry);
        if ((await isOwnPath(target)) && (await stat(target)).isFile()) found.push(entry);
      }
      return found.toSorted();
    },

    async open(path) {
      const handle = await openWithin(path, O_RDONLY);
      const { size } = await handle.stat();
      return { sizeBytes: size, bytes: handle.createReadStream() };
    },

    async write(path, bytes, { appends }) {
      const handle = await openWithin(path, O_WRONLY | O_CREAT | (appends ? O_APPEND : 0));
      try {
        if (!appends) await handle.truncate(0);
        await handle.writeFile(bytes);
      } finally {
        await handle.close();
      }
    },
  };
}

/** Nothing on the way is a link. */
const isOwnPath = async (path: string) => (await realpath(path).catch(() => '')) === path;

async function isOpened(handle: FileHandle, target: string): Promise<boolean> {
  const [opened, there, isOwn] = await Promise.all([
    handle.stat(),
    stat(target),
    isOwnPath(target),
  ]);
  return isOwn && opened.isFile() && opened.dev === there.dev && opened.ino === there.ino;
}

const REASONS = new Map([
  ['ENOENT', 'is not there'],
  ['ELOOP', 'is a link'],
  ['EISDIR', 'is a folder'],
  ['EACCES', 'may not be used by the server'],
  ['ENOSPC', 'does not fit: the disk is full'],
]);

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.get(code) ?? `cannot be opened (${code || String(error)})`;
}

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { zip, type AsyncZippable } from 'fflate';
import { extensionOf } from '../files/mime-type.ts';
import { tarOf, type ArchiveFile } from './tar.ts';

/** A gzip file, made off the main thread. */
export const gzipped: (bytes: Uint8Array) => Promise<Uint8Array> = promisify(gzip);

/** Formats that are compressed already: zip stores them as they are. */
const PACKED = new Set([
  '7z',
  'gif',
  'gz',
  'jpeg',
  'jpg',
  'mp3',
  'mp4',
  'png',
  'rar',
  'webp',
  'zip',
]);

/** A zip, tar or tar.gz archive of files. Names that occur twice get a number. */
export async function archiveOf(
  files: readonly ArchiveFile[],
  kind: 'tar' | 'targz' | 'zip',
  nowMs: number,
): Promise<Uint8Array> {
  const named = withOwnNames(files);
  if (kind === 'zip') return zipped(named, nowMs);
  const tar = tarOf(named, nowMs);
  return kind === 'tar' ? tar : gzipped(tar);
}

function zipped(files: readonly ArchiveFile[], nowMs: number): Promise<Uint8Array> {
  const entries: AsyncZippable = {};
  for (const { name, bytes } of files)
    entries[name] = [bytes, { level: PACKED.has(extensionOf(name)) ? 0 : 6, mtime: nowMs }];
  return new Promise((resolve, reject) => {
    zip(entries, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}

function withOwnNames(files: readonly ArchiveFile[]): ArchiveFile[] {
  const taken = new Set<string>();
  return files.map(({ name, bytes }) => {
    let free = name;
    for (let count = 1; taken.has(free); count += 1)
      free = name.replace(/(\.[^./]*)?$/, `_${count}$1`);
    taken.add(free);
    return { name: free, bytes };
  });
}

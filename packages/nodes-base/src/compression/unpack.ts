import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { unzipSync } from 'fflate';
import { extensionOf } from '../files/mime-type.ts';
import { MAX_UNPACKED_BYTES, MAX_UNPACKED_FILES } from '../files/unpack-limit.ts';
import { filesOfTar, type ArchiveFile } from './tar.ts';

const inflated = promisify(gunzip);

/** An archive unpacks to more than we hold. */
export class TooMuchUnpacked extends RangeError {}

/** The kind of archive a name or type says, `undefined` for none we know. */
export function archiveKind(fileName: string, mimeType: string): ArchiveKind | undefined {
  const extension = extensionOf(fileName);
  if (/\.tar\.gz$/i.test(fileName) || extension === 'tgz') return 'targz';
  const byName = KINDS.find((kind) => EXTENSIONS[kind] === extension);
  return byName ?? KINDS.find((kind) => mimeType.includes(kind));
}

const KINDS = ['zip', 'gzip', 'tar'] as const;
const EXTENSIONS = { zip: 'zip', gzip: 'gz', tar: 'tar' } as const;
export type ArchiveKind = (typeof KINDS)[number] | 'targz';

/**
 * The files in an archive. Litter of macOS is left out.
 *
 * @throws {TooMuchUnpacked} before more than the limit is held in memory.
 * @throws {Error} of the format, for a broken archive.
 */
export async function unpacked(
  archive: ArchiveFile,
  kind: ArchiveKind,
): Promise<readonly ArchiveFile[]> {
  const files = await unpackers[kind](archive);
  return files.filter(({ name }) => !name.startsWith('__MACOSX/') && !name.endsWith('.DS_Store'));
}

type Unpacker = (archive: ArchiveFile) => Promise<readonly ArchiveFile[]> | readonly ArchiveFile[];

const unpackers: Readonly<Record<ArchiveKind, Unpacker>> = {
  async gzip({ name, bytes }) {
    return [{ name: name.replace(/\.gz(ip)?$/i, ''), bytes: await gunzipped(bytes) }];
  },
  tar: ({ bytes }) => bounded(filesOfTar(bytes)),
  targz: async ({ bytes }) => bounded(filesOfTar(await gunzipped(bytes))),
  zip: ({ bytes }) => unzipped(bytes),
};

async function gunzipped(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await inflated(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    const isTooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge ? new TooMuchUnpacked() : error;
  }
}

/** A zip's directory says the sizes, and fflate writes no more than it says. */
function unzipped(bytes: Uint8Array): ArchiveFile[] {
  let total = 0;
  let count = 0;
  const entries = unzipSync(bytes, {
    filter({ name, originalSize }) {
      total += originalSize;
      count += 1;
      if (total > MAX_UNPACKED_BYTES || count > MAX_UNPACKED_FILES) throw new TooMuchUnpacked();
      return !name.endsWith('/');
    },
  });
  return Object.entries(entries).map(([name, content]) => ({ name, bytes: content }));
}

function bounded(files: ArchiveFile[]): ArchiveFile[] {
  if (files.length > MAX_UNPACKED_FILES) throw new TooMuchUnpacked();
  return files;
}

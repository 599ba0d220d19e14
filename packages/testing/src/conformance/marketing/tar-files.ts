const BLOCK = 512;

/** The files of a tar archive, by path. Directories and links are left out. */
export function readTar(archive: Uint8Array): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const decoder = new TextDecoder();
  const field = (start: number, length: number) =>
    decoder.decode(archive.subarray(start, start + length)).split('\0', 1)[0] ?? '';
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const size = Number.parseInt(field(at + 124, 12), 8) || 0;
    const isFile = ['0', ''].includes(field(at + 156, 1));
    const body = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (isFile) files.set(field(at, 100), decoder.decode(body));
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return files;
}

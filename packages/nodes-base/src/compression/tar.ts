const BLOCK = 512;
const TYPE_FILE = '0';
const TYPE_LONG_NAME = 'L';

export interface ArchiveFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A tar archive (ustar; long names as GNU tar writes them). @param nowMs - Time of change of all files. */
export function tarOf(files: readonly ArchiveFile[], nowMs: number): Uint8Array {
  const blocks = files.flatMap(({ name, bytes }) => {
    const nameBytes = Buffer.from(name);
    const long =
      nameBytes.length > 100
        ? [
            header('././@LongLink', nameBytes.length + 1, TYPE_LONG_NAME, nowMs),
            padded(Buffer.concat([nameBytes, Buffer.alloc(1)])),
          ]
        : [];
    return [...long, header(name, bytes.length, TYPE_FILE, nowMs), padded(bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** The files of a tar archive; folders, links and devices are left out. @throws {Error} when it is none, or cut off. */
export function filesOfTar(archive: Uint8Array): ArchiveFile[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const files: ArchiveFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const head = bytes.subarray(at, at + BLOCK);
    if (checksum(head) !== octal(head, 148, 8)) throw new Error('The file is not a tar archive');
    const size = octal(head, 124, 12);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length < size) throw new Error('The tar archive ends too early');
    const type = String.fromCharCode(head[156] ?? 0);
    if (type === TYPE_LONG_NAME) longName = text(content, 0, size);
    else {
      const isFile = type === TYPE_FILE || type === '\0';
      if (isFile) files.push({ name: longName ?? shortName(head), bytes: content });
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function header(name: string, size: number, type: string, nowMs: number): Buffer {
  const head = Buffer.alloc(BLOCK);
  head.write(name, 0, 100);
  head.write('0000644\0', 100);
  head.write('0000000\0', 108);
  head.write('0000000\0', 116);
  head.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  head.write(
    `${Math.floor(nowMs / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  );
  head.write(type, 156);
  head.write('ustar\0', 257);
  head.write('00', 263);
  head.write(`${checksum(head).toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}

/** Sum of all bytes of a header, its own field read as blanks. */
function checksum(head: Buffer): number {
  let sum = 0;
  for (const [index, byte] of head.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  return sum;
}

function padded(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % BLOCK;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(BLOCK - rest)]);
}

function shortName(head: Buffer): string {
  const prefix = head.toString('latin1', 257, 262) === 'ustar' ? text(head, 345, 155) : '';
  return [prefix, text(head, 0, 100)].filter(Boolean).join('/');
}

function text(bytes: Buffer, start: number, length: number): string {
  return bytes.toString('utf8', start, start + length).replace(/\0[\s\S]*$/, '');
}

const octal = (bytes: Buffer, start: number, length: number): number =>
  Number.parseInt(text(bytes, start, length).trim() || '0', 8);

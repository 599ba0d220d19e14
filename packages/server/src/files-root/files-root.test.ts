import { link, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FilesPort } from '@millrace/workflow/ports';
import { createFilesRoot } from './files-root.ts';

let base: string;
let files: FilesPort;
const inside = (...path: string[]) => join(base, 'root', ...path);

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'millrace-files-'));
  await mkdir(inside('sub'), { recursive: true });
  await mkdir(join(base, 'root-beside'));
  await writeFile(join(base, 'secret'), 'secret');
  await writeFile(join(base, 'root-beside', 'secret'), 'secret');
  await writeFile(inside('a.txt'), 'A');
  await writeFile(inside('sub', 'b.txt'), 'BB');
  await symlink(join(base, 'secret'), inside('link.txt'));
  await symlink(base, inside('up'));
  await symlink('sub', inside('alias'));
  files = createFilesRoot(inside());
});
afterEach(() => rm(base, { recursive: true }));

async function read(path: string) {
  const { bytes, sizeBytes } = await files.open(path);
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return { text: Buffer.concat(pieces).toString(), sizeBytes };
}

test.each([
  ['a.txt', 'A'],
  ['./sub/../sub/b.txt', 'BB'],
])('reads %s', async (path, text) => {
  expect(await read(path)).toEqual({ text, sizeBytes: text.length });
  expect((await read(inside(path))).text).toBe(text);
});

test.each([
  ['..', 'outside'],
  ['../secret', 'outside'],
  ['../root-beside/secret', 'outside'],
  ['sub/../../secret', 'outside'],
  ['/etc/passwd', 'outside'],
  ['', 'outside'],
  ['link.txt', 'is a link'],
  ['up/secret', 'not in a folder'],
  ['up/root/a.txt', 'not in a folder'],
  ['alias/b.txt', 'not in a folder'],
  ['sub', 'no plain file'],
  ['none.txt', 'is not there'],
  ['a.txt\0.png', 'cannot be opened'],
])('does not read %j', async (path, message) => {
  await expect(files.open(path)).rejects.toMatchObject({
    code: 'NODE_FAILED',
    message: expect.stringContaining(message),
  });
});

test('does not wait for what is no file, such as a socket', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(inside('socket'), resolve));
  await expect(files.open('socket')).rejects.toThrow('cannot be opened (ENXIO)');
  server.close();
});

test('writes, replaces and adds to the end', async () => {
  const write = (text: string, appends: boolean) =>
    files.write('sub/new.txt', Buffer.from(text), { appends });
  await write('long text', false);
  await write('short', false);
  await write('er', true);
  expect(await readFile(inside('sub', 'new.txt'), 'utf8')).toBe('shorter');
});

test.each(['../new', 'link.txt', 'up/new', 'alias/new', 'none/new', 'sub'])(
  'does not write %s, and leaves nothing behind',
  async (path) => {
    await expect(files.write(path, Buffer.from('x'), { appends: false })).rejects.toMatchObject({
      code: 'NODE_FAILED',
    });
    await expect(readFile(join(base, 'new'))).rejects.toThrow('ENOENT');
    await expect(readFile(inside('sub', 'new'))).rejects.toThrow('ENOENT');
    expect(await readFile(join(base, 'secret'), 'utf8')).toBe('secret');
  },
);

test('finds plain files by a pattern, never through links', async () => {
  await link(inside('a.txt'), inside('sub', 'c.txt'));
  expect(await files.find('**/*.txt')).toEqual(['a.txt', 'sub/b.txt', 'sub/c.txt']);
  expect(await files.find(`${inside('sub')}/[bx].txt`)).toEqual(['sub/b.txt']);
  expect(await files.find('up/*')).toEqual([]);
  expect(await files.find('*.md')).toEqual([]);
  await expect(files.find('../*')).rejects.toThrow('outside');
});

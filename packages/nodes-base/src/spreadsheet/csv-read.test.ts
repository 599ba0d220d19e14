import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readCsv } from './csv-read.ts';

const LINES = 100_000;
const large = Buffer.from(`n,text\n${'1,some text of a row\n'.repeat(LINES)}`);

test('while a large file is read, others have their turns', async () => {
  const state = { turns: 0, isOver: false };
  const other = (async () => {
    while (!state.isOver) {
      await nextTurn();
      state.turns++;
    }
  })();
  const rows = await readCsv(large, {});
  state.isOver = true;
  await other;
  expect(rows).toHaveLength(LINES);
  expect(rows.at(-1)).toEqual({ n: '1', text: 'some text of a row' });
  expect(state.turns).toBeGreaterThan(20);
});

test('a bad row far into a large file fails with its line', async () => {
  const broken = Buffer.concat([large, Buffer.from('1,2,3\n'), large]);
  await expect(readCsv(broken, {})).rejects.toThrow(`line ${LINES + 2}`);
});

test('only as many rows as asked for, of however large a file', async () => {
  expect(await readCsv(large, { maxRowCount: 3 })).toHaveLength(3);
});

test('a cell may be longer than what is parsed at a time', async () => {
  const long = 'x'.repeat(300_000);
  expect(await readCsv(Buffer.from(`a,b\n"${long}",2\n`), {})).toEqual([{ a: long, b: '2' }]);
});

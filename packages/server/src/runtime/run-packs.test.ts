import { expect, test } from 'vitest';
import type { Outputs } from '@millrace/workflow/items';
import type { RunRecord } from '@millrace/workflow/ports';
import { runRow } from './execution-rows.ts';
import { packedRuns, packRuns } from './run-packs.ts';
import { INLINE_LIMIT } from './outputs/pack-outputs.ts';

const record = (seq: number, outputs: Outputs, changes: Partial<RunRecord> = {}): RunRecord => ({
  seq,
  node: `Node "${seq}"`,
  runIndex: 0,
  attempt: 1,
  status: 'success',
  startedAt: 5 + seq,
  durationMs: 1,
  sources: [{ previousNode: 'a', previousNodeOutput: 0, previousNodeRun: 0 }],
  outputs,
  ...changes,
});
const item = (text: string): Outputs => [[{ json: { text } }], undefined];
const pack = (...records: readonly RunRecord[]) =>
  packRuns(records.map((each) => runRow('e', each)));

test('runs recorded together share the row of the first and come back as they were', () => {
  const records = [record(0, item('a\n"b"')), record(1, [[]]), record(2, item('ü'))];
  const [row, ...others] = pack(...records);
  expect(others).toEqual([]);
  expect(row).toMatchObject({ node: 'Node "0"', seq: 0 });
  const back = packedRuns(row ?? { packed: null });
  expect(back).toEqual(records.slice(1).map((each) => JSON.parse(JSON.stringify(each))));
});

test('what failed, was tried again or is large keeps its own row', () => {
  const error = { message: 'no', name: 'Error' };
  const past = { attempt: 1, startedAt: 1, durationMs: 1, error };
  const rows = pack(
    record(0, [], { status: 'error', error }),
    record(1, item('x')),
    record(2, item('y'), { failedTries: [past] }),
    record(3, item('z'.repeat(INLINE_LIMIT + 1))),
    record(4, item('w')),
  );
  expect(rows.map(({ seq }) => seq).toSorted()).toEqual([0, 1, 2, 3]);
  expect(rows.flatMap(packedRuns).map(({ seq }) => seq)).toEqual([4]);
});

test('a row carries a limited length of text', () => {
  const rows = pack(
    ...Array.from({ length: 10 }, (_, seq) => record(seq, item('x'.repeat(20_000)))),
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(Math.max(...rows.map(({ packed }) => packed?.length ?? 0))).toBeLessThan(70_000);
  const seqs = rows.flatMap((row) => [row.seq, ...packedRuns(row).map(({ seq }) => seq)]);
  expect(seqs.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('one run alone, or none, stays as it is', () => {
  const alone = [runRow('e', record(0, item('x')))];
  expect(packRuns(alone)).toBe(alone);
  expect(packRuns([])).toEqual([]);
});

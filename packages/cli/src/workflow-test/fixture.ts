import { readFile, writeFile } from 'node:fs/promises';
import { MillraceError } from '@millrace/workflow/errors';
import type { ErrorData, Item } from '@millrace/workflow/items';
import { ArgError } from '../arg.error.ts';

/** How the name of a recorded run's file ends. */
export const FIXTURE_SUFFIX = '.workflow-test.json';

const FORMAT = 'millrace-workflow-test@1';

/** One run of a node, as recorded. */
export interface RecordedRun {
  readonly outputs: readonly (readonly Item[] | null)[];
  readonly error?: Pick<ErrorData, 'message' | 'name'>;
}

/** A recorded execution: what to run, what went in, and what each node put out. */
export interface Fixture {
  readonly format: typeof FORMAT;
  /** The workflow under test: a file, from the fixture's folder, or a workflow of this instance. */
  readonly workflow: { readonly file: string } | { readonly id: string };
  /** ms since the epoch: the time it is in the test. */
  readonly now: number;
  readonly executionId: string;
  readonly status: string;
  readonly error: string | null;
  /** One entry per run, in time order. */
  readonly order: readonly string[];
  readonly runs: Readonly<Record<string, readonly RecordedRun[]>>;
  /** Bytes of the files items refer to, base64 by id. */
  readonly files: Readonly<
    Record<
      string,
      { readonly base64: string; readonly mimeType: string; readonly fileName?: string }
    >
  >;
}

/** @throws {ArgError} when the file is not there or is no recorded run. */
export async function readFixture(file: string): Promise<Fixture> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ArgError('FILES', file, 'Name a recorded run that exists');
  });
  const json = parse(text);
  if (isFixture(json)) return json;
  throw new ArgError('FILES', file, 'Record it again: this is no recorded run of this version');
}

export const newFixture = (recorded: Omit<Fixture, 'format'>): Fixture => ({
  format: FORMAT,
  ...recorded,
});

export const writeFixture = (file: string, fixture: Fixture): Promise<void> =>
  writeFile(file, `${JSON.stringify(fixture, null, 2)}\n`);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isFixture = (json: unknown): json is Fixture =>
  typeof json === 'object' &&
  json !== null &&
  'format' in json &&
  json.format === FORMAT &&
  ['workflow', 'runs', 'files', 'order'].every(
    (key) => key in json && typeof Reflect.get(json, key) === 'object',
  );

/** A node reached outside in a replay, and the recording has nothing for it. */
export class NotRecordedError extends MillraceError<{ node: string; run: number }> {
  readonly code = 'NODE_FAILED';

  constructor(node: string, run: number) {
    super(`Nothing is recorded for run ${run + 1} of "${node}"`, {
      details: { node, run },
      fix: 'Record the test again: nodes that reach outside are not run in a test',
    });
  }
}

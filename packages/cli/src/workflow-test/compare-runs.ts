import type { Fixture, RecordedRun } from './fixture.ts';

/** One value that is not what it was. A side is absent where the value is missing. */
export interface Difference {
  /** Where in a run: `output 0 · item 3 · json.total`. */
  readonly path: string;
  readonly expected?: unknown;
  readonly received?: unknown;
}

export interface NodeDifference {
  readonly node: string;
  /** Which of the node's runs, from 0. */
  readonly run: number;
  readonly differences: readonly Difference[];
}

/** Differences told per run; what follows is counted only by the first of them. */
const MAX_DIFFERENCES = 100;

type Runs = Fixture['runs'];

/** What every node but the start node puts out now, against what it put out then. */
export function compareRuns(
  expected: Runs,
  received: Runs,
  startNode: string | undefined,
): NodeDifference[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(received)]);
  names.delete(startNode ?? '');
  return [...names].flatMap((node) =>
    compareNode(node, expected[node] ?? [], received[node] ?? []),
  );
}

function compareNode(
  node: string,
  expected: readonly RecordedRun[],
  received: readonly RecordedRun[],
): NodeDifference[] {
  const found: NodeDifference[] = [];
  for (let run = 0; run < Math.max(expected.length, received.length); run++) {
    const differences: Difference[] = [];
    collect(shown(expected[run]), shown(received[run]), [], differences);
    if (differences.length > 0) found.push({ node, run, differences });
  }
  return found;
}

/** A run as its paths name it. */
const shown = (run: RecordedRun | undefined) =>
  run && {
    ...Object.fromEntries(
      run.outputs.map((batch, output) => [
        `output ${output}`,
        batch && Object.fromEntries(batch.map((item, index) => [`item ${index}`, item])),
      ]),
    ),
    ...(run.error && { error: run.error.message }),
  };

function collect(
  expected: unknown,
  received: unknown,
  path: readonly string[],
  into: Difference[],
): void {
  if (into.length >= MAX_DIFFERENCES || Object.is(expected, received)) return;
  if (
    !isTree(expected) ||
    !isTree(received) ||
    Array.isArray(expected) !== Array.isArray(received)
  ) {
    into.push({
      path: nameOf(path),
      ...(expected !== undefined && { expected }),
      ...(received !== undefined && { received }),
    });
    return;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(received)]))
    collect(memberOf(expected, key), memberOf(received, key), [...path, key], into);
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

const memberOf = (tree: object, key: string): unknown =>
  Object.hasOwn(tree, key) ? Reflect.get(tree, key) : undefined;

/** `output 0 · item 1 · json.list.2`. */
function nameOf(path: readonly string[]): string {
  const [output, item, ...rest] = path;
  return [output ?? 'the whole run', item, rest.join('.')].filter(Boolean).join(' · ');
}

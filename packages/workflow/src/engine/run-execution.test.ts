import { describe, expect, test } from 'vitest';
import type { NodeResult } from '../node-api/index.ts';
import type { RunRecord } from '../ports/index.ts';
import { flow, nodeType, order, run, start } from './testing-flow.ts';

const pass = ['a', 'b', 'c', 'd'].map((name) => nodeType(name));
const join = nodeType('join', (context) => [[...context.items(0), ...context.items(1)]], {
  inputs: ['main', 'main'],
  requiredInputs: 1,
});
const split = nodeType('split', (context) => [context.items(), []], { outputs: ['main', 'main'] });
const fail = nodeType('fail', () => {
  throw new Error('broken');
});
const types = [start(1, 2), ...pass, join, split, fail];

describe('order of runs', () => {
  test.each([
    [
      'v1 ends one branch before the next',
      'v1',
      'start > a, start > b, a > c, b > d',
      'start a c b d',
    ],
    ['v0 goes level by level', 'v0', 'start > a, start > b, a > c, b > d', 'start a b c d'],
    ['a node wired twice runs twice', 'v1', 'start > a, start > b, a > c, b > c', 'start a c b c'],
    [
      'a join waits for both inputs',
      'v1',
      'start > a, start > b, a > join, b > join.1, join > c',
      'start a b join c',
    ],
    [
      'a join that needs one runs with one',
      'v1',
      'start > split, split > join, split.1 > join.1',
      'start split join',
    ],
    [
      'an output without items ends its branch',
      'v1',
      'start > split, split > a, split.1 > b',
      'start split a',
    ],
    [
      'v0 runs what feeds a join even without data',
      'v0',
      'start > split, split > join, split.1 > b, b > join.1',
      'start split b join',
    ],
  ])('%s', async (_, executionOrder, drawing, expected) => {
    const { runs, status } = await run(flow(drawing, { order: executionOrder }), types);
    expect([order(runs), status]).toEqual([expected, 'success']);
  });

  test('v1 takes the top-most successor first', async () => {
    const nodes = { a: { position: [0, 300] as const }, b: { position: [0, 100] as const } };
    const { runs } = await run(flow('start > a, start > b', { nodes }), types);
    expect(order(runs)).toBe('start b a');
  });

  test('runs only what the destination needs', async () => {
    const workflow = flow('start > a, a > b, start > c');
    expect(order((await run(workflow, types, { destination: 'a' })).runs)).toBe('start a');
  });
});

describe('node settings', () => {
  test('a disabled node hands its first input on', async () => {
    const { runs } = await run(
      flow('start > fail, fail > a', { nodes: { fail: { disabled: true } } }),
      types,
    );
    expect(runs.at(-1)?.outputs[0]).toHaveLength(2);
  });

  test('executeOnce hands the node one item', async () => {
    const { runs } = await run(flow('start > a', { nodes: { a: { executeOnce: true } } }), types);
    expect(runs.at(-1)?.outputs[0]?.map(({ json }) => json)).toEqual([{ n: 1 }]);
  });

  test('alwaysOutputData pairs its one item to all that came', async () => {
    const none = nodeType('a', () => [[]]);
    const workflow = flow('start > a', { nodes: { a: { alwaysOutputData: true } } });
    const { runs } = await run(workflow, [start(1, 2), none]);
    expect(runs.at(-1)?.outputs).toEqual([[{ json: {}, pairedItem: [{ item: 0 }, { item: 1 }] }]]);
  });

  test('retries until it works, at most maxTries times', async () => {
    let tries = 0;
    const shaky = nodeType('a', (context) => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return [context.items()];
    });
    const workflow = flow('start > a', { nodes: { a: { retryOnFail: true, maxTries: 3 } } });
    const { status, runs } = await run(workflow, [start(1), shaky]);
    expect([status, tries, runs.at(-1)?.attempt]).toEqual(['success', 3, 3]);
  });

  test('stops at an error and says where', async () => {
    const { status, error, lastNode } = await run(flow('start > fail, fail > a'), types);
    expect([status, error?.message, error?.node, lastNode]).toEqual([
      'error',
      'broken',
      'fail',
      'fail',
    ]);
  });

  test('a thrown error under continueErrorOutput sends the input to output 0', async () => {
    const workflow = flow('start > fail, fail > a, fail.1 > b', {
      nodes: { fail: { onError: 'continueErrorOutput' } },
    });
    const { status, runs } = await run(workflow, types);
    expect([status, order(runs), runs[1]?.error?.message]).toEqual([
      'success',
      'start fail a',
      'broken',
    ]);
  });

  test('error items leave by the error output with the JSON they came with', async () => {
    const mixed = nodeType('a', () => [
      [
        { json: { ok: 1 }, pairedItem: 0 },
        { json: { error: 'bad' }, pairedItem: { item: 1 } },
      ],
    ]);
    const workflow = flow('start > a', { nodes: { a: { onError: 'continueErrorOutput' } } });
    const { runs } = await run(workflow, [start(1, 2), mixed]);
    expect(runs.at(-1)?.outputs.map((batch) => batch?.map(({ json }) => json))).toEqual([
      [{ ok: 1 }],
      [{ n: 2, error: 'bad' }],
    ]);
  });

  test('pinned data stands in for a run, by hand only', async () => {
    const workflow = flow('start > fail', { pinData: { fail: [{ json: { pinned: true } }] } });
    expect((await run(workflow, types)).runs.at(-1)?.outputs[0]?.[0]?.json).toEqual({
      pinned: true,
    });
    expect((await run(workflow, types, { mode: 'trigger' })).status).toBe('error');
  });
});

describe('pauses and cancelling', () => {
  const wait = nodeType('wait', (): NodeResult => ({ kind: 'wait', until: 5000, resume: 'time' }));

  test('pauses, and goes on from the journal without running anything twice', async () => {
    let ran = 0;
    const counted = nodeType('a', (context) => {
      ran += 1;
      return [context.items()];
    });
    const workflow = flow('start > a, a > wait, wait > b');
    const known = [start(1), counted, wait, ...pass.slice(1)];
    const first = await run(workflow, known);
    expect(first).toMatchObject({ status: 'waiting', waiting: { node: 'wait', until: 5000 } });

    const second = await run(workflow, known, {
      history: first.runs,
      resume: { outputs: [[{ json: { called: true } }]] },
    });
    expect([second.status, order(second.runs), ran]).toEqual(['success', 'start a wait b', 1]);
    expect(second.runs.at(-1)?.outputs[0]?.[0]?.json).toEqual({ called: true });
  });

  test('after a crash only what is not recorded runs', async () => {
    const workflow = flow('start > a, a > b, b > c');
    const whole = await run(workflow, types);
    const recorded: RunRecord[] = [];
    const again = await run(workflow, types, {
      history: whole.runs.slice(0, 2),
      ports: { journal: { record: (one) => void recorded.push(one) } },
    });
    expect([order(again.runs), order(recorded)]).toEqual(['start a b c', 'b c']);
  });

  test('stops a node that does not listen', async () => {
    const stop = new AbortController();
    const deaf = nodeType('a', () => {
      queueMicrotask(() => stop.abort());
      return new Promise<never>(() => undefined);
    });
    const { status } = await run(flow('start > a, a > b'), [start(1), deaf, ...pass.slice(1)], {
      signal: stop.signal,
    });
    expect(status).toBe('canceled');
  });

  test('waits for the journal before the next node, but not after pure ones', async () => {
    const written: string[] = [];
    const seen: string[] = [];
    const note = (name: string, pure: boolean) =>
      nodeType(
        name,
        (context) => {
          seen.push(`${name} after ${written.join('')}`);
          return [context.items()];
        },
        { pure },
      );
    const record = async (one: RunRecord) => {
      await Promise.resolve();
      written.push(one.node[0] ?? '');
    };
    await run(
      flow('start > a, a > b, b > c'),
      [start(1), note('a', false), note('b', true), note('c', false)],
      {
        ports: { journal: { record } },
      },
    );
    expect(seen.slice(0, 2)).toEqual(['a after s', 'b after sa']);
  });
});

test('resolves parameters lazily per item', async () => {
  const property = {
    displayName: 'Text',
    name: 'text',
    type: 'string',
    default: '',
    required: true,
  };
  const reader = nodeType(
    'a',
    (context) => [
      context.items().map((_, index) => ({ json: { text: context.param('text', index) } })),
    ],
    { properties: [property] },
  );
  const workflow = flow('start > a', {
    nodes: { a: { parameters: { text: '={{ $json.n + 1 }}' } } },
  });
  const { runs } = await run(workflow, [start(1, 2), reader]);
  expect(runs.at(-1)?.outputs[0]?.map(({ json }) => json.text)).toEqual([2, 3]);

  const empty = await run(flow('start > a'), [start(1), reader]);
  expect([empty.status, empty.runs, empty.error?.node]).toEqual(['error', [], 'a']);
});

import { describe, expect, test } from 'vitest';
import type { Clock, FailedTry, HttpRequest } from '../ports/index.ts';
import { fakePorts, flow, nodeType, run, start } from './testing-flow.ts';
import type { EngineEvent } from './run-execution.types.ts';

/** A clock whose timers go off when the test says. */
function handClock() {
  const timers: { readonly ms: number; readonly ring: () => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        timers.push({ ms, ring: resolve });
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
  };
  return { clock, timers };
}

const limited = (executionTimeout: number, executionOrder = 'v1') => {
  const workflow = flow('start > deaf, deaf > a');
  return { ...workflow, settings: { executionOrder, executionTimeout } };
};

describe('the time limit of the workflow settings', () => {
  test.each(['v0', 'v1', 'parallel'])('ends a run that does not listen, order %s', async (how) => {
    const { clock, timers } = handClock();
    const deaf = nodeType('deaf', () => {
      timers.find(({ ms }) => ms === 5000)?.ring();
      return new Promise<never>(() => undefined);
    });
    const types = [start(1), deaf, nodeType('a')];
    expect(await run(limited(5, how), types, { ports: { clock } })).toMatchObject({
      status: 'canceled',
      lastNode: 'deaf',
      error: { code: 'ENGINE_TIMEOUT', message: expect.stringContaining('5 s') },
    });
  });

  test.each([-1, 0, Number.NaN, 1e12])('is none when it is %d', async (seconds) => {
    const { clock, timers } = handClock();
    await run(limited(seconds), [start(1), nodeType('deaf'), nodeType('a')], { ports: { clock } });
    expect(timers).toEqual([]);
  });

  test('lets its timer go when the execution is over', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const clock: Clock = {
      now: () => 0,
      sleep: (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    };
    await run(limited(5), [start(1), nodeType('deaf'), nodeType('a')], { ports: { clock } });
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});

test('cancelling reaches requests, code, children and the node itself', async () => {
  const stop = new AbortController();
  const seen: (AbortSignal | undefined)[] = [];
  const never = () => new Promise<never>(() => undefined);
  const caller = nodeType('a', async (context) => {
    const { http, code, signal } = context;
    seen.push(signal);
    const calls = [
      http.request({ method: 'GET', url: 'http://x' }),
      code.run({ language: 'javaScript', source: '', mode: 'allItems', scope: {}, timeoutMs: 1 }),
      context.runWorkflow({ workflow: { id: 'w' }, items: [], waitForEnd: true }),
    ];
    queueMicrotask(() => stop.abort());
    await Promise.all(calls);
    return null;
  });
  const note = (signal: AbortSignal | undefined) => {
    seen.push(signal);
    return never();
  };
  const { status } = await run(flow('start > a'), [start(1), caller], {
    signal: stop.signal,
    ports: {
      http: { request: ({ signal }: HttpRequest) => note(signal) },
      code: { run: ({ signal }) => note(signal) },
      runWorkflow: (_, { signal }) => note(signal),
    },
  });
  expect([status, seen.map((signal) => signal?.aborted)]).toEqual([
    'canceled',
    [true, true, true, true],
  ]);
});

describe('tries', () => {
  const retrying = (nodes: object) =>
    flow('start > a', { nodes: { a: { retryOnFail: true, maxTries: 3, ...nodes } } });

  test('each failed one is told with its error; the run is recorded once', async () => {
    const tries: FailedTry[] = [];
    const begun: number[] = [];
    const shaky = nodeType('a', ({ attempt, items }) => {
      if (attempt < 3) throw new Error(`no ${attempt}`);
      return [items()];
    });
    const { journal } = fakePorts([]);
    const emit = (event: EngineEvent) => {
      if (event.type === 'run-started' && event.node === 'a') begun.push(event.attempt);
    };
    const { runs } = await run(retrying({}), [start(1), shaky], {
      ports: { journal: { ...journal, failedTry: (failed) => void tries.push(failed) }, emit },
    });
    expect(tries.map(({ attempt, error }) => [attempt, error.message])).toEqual([
      [1, 'no 1'],
      [2, 'no 2'],
    ]);
    expect([begun, runs.map(({ node, attempt }) => [node, attempt])]).toEqual([
      [1, 2, 3],
      [
        ['start', 1],
        ['a', 3],
      ],
    ]);
  });

  test.each([
    ['an error item', { error: 'bad' }, 3],
    ['no error', { error: null }, 1],
    ['an error that is false', { error: false }, 1],
  ])('%s as the first item counts as such', async (_, json, expected) => {
    let tries = 0;
    const node = nodeType('a', () => {
      tries += 1;
      return [[{ json }]];
    });
    await run(retrying({ onError: 'continueRegularOutput' }), [start(1), node]);
    expect(tries).toBe(expected);
  });

  test.each([
    [1, 2],
    [0, 3],
    [99, 5],
  ])('maxTries %i means %i', async (maxTries, expected) => {
    let tries = 0;
    const node = nodeType('a', () => {
      tries += 1;
      throw new Error('no');
    });
    const { status } = await run(retrying({ maxTries }), [start(1), node]);
    expect([status, tries]).toEqual(['error', expected]);
  });
});

test('a run that gives null is over and leaves no record', async () => {
  const none = nodeType('a', () => null);
  const { status, runs, lastNode } = await run(flow('start > a, a > b'), [
    start(1),
    none,
    nodeType('b'),
  ]);
  expect([status, runs.map(({ node }) => node), lastNode]).toEqual(['success', ['start'], 'start']);
});

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['string', 'x'],
  ['object', {}],
  ['items', [{ json: {} }]],
])('a node that gives %s fails, and says what is wanted', async (what, given) => {
  const odd = { ...nodeType('a'), execute: () => untyped(given) };
  const { status, error } = await run(flow('start > a'), [start(1), odd]);
  expect([status, error?.node, error?.message]).toEqual([
    'error',
    'a',
    `Node "a" gave ${what} where a list of items per output is wanted`,
  ]);
});

/** A value as one comes from code that was never type-checked. */
const untyped = (value: unknown) =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

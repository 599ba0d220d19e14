import { expect, test } from 'vitest';
import { admit, type Facts } from './admit.ts';
import { limitsOf, needsPlace, type OwnLimits } from './limits-of.ts';

const rate = { max: 2, periodSeconds: 10 };
const free: Facts = {
  now: 100_000,
  running: 0,
  runningOfKey: 0,
  isBehindOwnKey: false,
  aheadOfAll: undefined,
  oldestStart: undefined,
  oldestStartOfKey: undefined,
};
const both: OwnLimits = {
  all: { maxConcurrency: 2, rate },
  key: { key: '=x', value: 'a', maxConcurrency: 1, rate },
};
const keyOnly: OwnLimits = { all: {}, key: { key: '=x', value: 'a', maxConcurrency: 1 } };

test.each<[string, OwnLimits, Partial<Facts>, object]>([
  ['enters where there is room', both, {}, { type: 'enter' }],
  ['waits behind its own key', both, { isBehindOwnKey: true }, { limit: 'order' }],
  [
    'waits for a place of its key',
    both,
    { runningOfKey: 1, running: 2 },
    { limit: 'key-concurrency' },
  ],
  ['waits for a place of the workflow', both, { running: 2 }, { limit: 'workflow-concurrency' }],
  [
    'waits until the window of its key has room',
    both,
    { oldestStartOfKey: 95_000 },
    { limit: 'key-rate', until: 105_000 },
  ],
  [
    'waits until the window of the workflow has room',
    both,
    { oldestStart: 90_001 },
    { limit: 'workflow-rate', until: 100_001 },
  ],
  ['enters when the window is just over', both, { oldestStart: 90_000 }, { type: 'enter' }],
  [
    'goes behind whom the workflow holds back',
    both,
    { aheadOfAll: 'workflow-rate' },
    { limit: 'workflow-rate' },
  ],
  [
    'passes whom only an older version held back',
    keyOnly,
    { aheadOfAll: 'workflow-rate', running: 9 },
    { type: 'enter' },
  ],
])('%s', (_, limits, facts, expected) => {
  expect(admit(limits, { ...free, ...facts }, true)).toMatchObject(expected);
});

test('what goes on after a pause is counted by places, not by rates', () => {
  const facts = { ...free, oldestStart: 99_999, oldestStartOfKey: 99_999 };
  expect(admit(both, facts, false)).toEqual({ type: 'enter' });
  expect(admit(both, { ...facts, running: 2 }, false)).toMatchObject({ type: 'wait' });
});

test('tries by hand, and executions without a key where only keys are limited, are free', () => {
  const limits = { all: {}, perKey: { key: '=x', maxConcurrency: 1 } };
  expect(limitsOf({ mode: 'webhook', limitKey: 'a' }, limits)?.key?.value).toBe('a');
  expect(limitsOf({ mode: 'webhook', limitKey: null }, limits)).toBeUndefined();
  expect(limitsOf({ mode: 'manual', limitKey: 'a' }, limits)).toBeUndefined();
  expect(limitsOf({ mode: 'webhook', limitKey: null }, undefined)).toBeUndefined();
});

test('a place is asked for by what begins or was paused, not by what was taken over', () => {
  expect(needsPlace({ status: 'new', waitNode: null })).toBe(true);
  expect(needsPlace({ status: 'running', waitNode: 'Wait' })).toBe(true);
  expect(needsPlace({ status: 'running', waitNode: null })).toBe(false);
});

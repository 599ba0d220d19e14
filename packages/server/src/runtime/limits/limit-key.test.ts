import { expect, test } from 'vitest';
import { createEvaluator } from '@millrace/workflow/expression';
import { readLimits } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import type { AcceptRequest } from '../runtime.types.ts';
import { drawing } from '../testing/fake-runtime.ts';
import { createLimitKeys } from './limit-key.ts';

const keyOf = createLimitKeys({ evaluator: createEvaluator(), timezone: 'UTC', now: () => 0 });

function ask(key: string, json: JsonObject, changes: Partial<AcceptRequest> = {}) {
  const limits = readLimits({ limits: { perKey: { key, maxConcurrency: 1 } } });
  const workflow = { id: 'w', versionId: 'v', json: drawing('hook'), isPure: false, limits };
  const start = { node: 'hook0', outputs: [[{ json }]] };
  return keyOf({ workflowId: 'w', versionId: 'v', mode: 'webhook', start, ...changes }, workflow);
}

test.each<[string, JsonObject, string | null]>([
  ['={{ $json.body.customer }}', { body: { customer: 'acme' } }, 'acme'],
  ['={{ $json.id }}', { id: 7 }, '7'],
  ['={{ $json.id }}', { id: 0 }, '0'],
  ['={{ $json.list }}', { list: [1, 2] }, '[1,2]'],
  ['=eu-{{ $json.id }}', { id: 7 }, 'eu-7'],
  ['one for all', {}, 'one for all'],
  ['={{ $json.body.customer }}', {}, null],
  ['={{ $json.id }}', { id: '' }, null],
  ['={{ $json.id }}', { id: null }, null],
])('%s of %j is the key %j', (key, json, expected) => {
  expect(ask(key, json)).toEqual({ limitKey: expected, limitError: null });
});

test('an expression that fails gives no key, and says why', () => {
  const { limitKey, limitError } = ask('={{ $json. }}', { id: 1 });
  expect(limitKey).toBeNull();
  expect(limitError).toBe('invalid syntax');
});

test('a very long key is kept short, and stays different from others like it', () => {
  const keys = ['x', 'y'].map((end) => ask('={{ $json.id }}', { id: 'k'.repeat(500) + end }));
  const [first, second] = keys.map(({ limitKey }) => limitKey);
  expect(first).toHaveLength(128);
  expect(first).not.toBe(second);
});

test('without items, and when tried by hand, there is no key', () => {
  const none = { limitKey: null, limitError: null };
  expect(ask('={{ $json.id }}', { id: 1 }, { start: { node: 'hook0' } })).toEqual(none);
  expect(ask('={{ $json.id }}', { id: 1 }, { mode: 'manual' })).toEqual(none);
});

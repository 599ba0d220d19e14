import { expect, test } from 'vitest';
import { itemsOf, runNode } from '../testing/fake-context.ts';

test('saves values of every item in order, and lets items through', async () => {
  const saved: unknown[] = [];
  const output = await runNode({
    type: 'executionData',
    parameters: {
      dataToSave: {
        values: [
          { key: 'k', value: 'v' },
          { key: 'n', value: 2 },
        ],
      },
    },
    inputs: [itemsOf({ i: 1 }, { i: 2 })],
    context: {
      customData: {
        set: (...entry) => saved.push(entry),
        get: () => undefined,
        getAll: () => ({}),
      },
    },
  });
  expect(output).toEqual([
    [
      { json: { i: 1 }, pairedItem: { item: 0 } },
      { json: { i: 2 }, pairedItem: { item: 1 } },
    ],
  ]);
  expect(saved).toEqual([
    ['k', 'v'],
    ['n', 2],
    ['k', 'v'],
    ['n', 2],
  ]);
});

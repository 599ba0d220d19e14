import { expect, test } from 'vitest';
import { itemsOf, runNode } from '../testing/fake-context.ts';

const items = itemsOf({ i: 1 }, { i: 2 }, { i: 3 });

test('sends batches, then all that came back', async () => {
  const context = { state: {} };
  const step = (inputs: typeof items) =>
    runNode({
      type: 'splitInBatches',
      version: 3,
      parameters: { batchSize: 2 },
      inputs: [inputs],
      context,
    });
  expect(await step(items)).toMatchObject([[], [{ json: { i: 1 } }, { json: { i: 2 } }]]);
  expect(context.state).toMatchObject({
    currentRunIndex: 0,
    maxRunIndex: 2,
    noItemsLeft: false,
    done: false,
  });
  expect(await step(itemsOf({ i: 10 }, { i: 20 }))).toMatchObject([[], [{ json: { i: 3 } }]]);
  expect(context.state).toMatchObject({ noItemsLeft: true });
  expect(await step(itemsOf({ i: 30 }))).toMatchObject([
    [{ json: { i: 10 } }, { json: { i: 20 } }, { json: { i: 30 } }],
    [],
  ]);
  expect(context.state).toMatchObject({ done: true });
});

test('version 1 ends its branch when nothing is left', async () => {
  const context = { state: {} };
  const step = () => runNode({ type: 'splitInBatches', version: 1, inputs: [items], context });
  expect(await step()).toMatchObject([
    [{ json: { i: 1 } }, { json: { i: 2 } }, { json: { i: 3 } }],
  ]);
  expect(await step()).toBeNull();
});

import { expect, test } from 'vitest';
import { itemsOf, jsonOf, runNode } from '../testing/fake-context.ts';
import { createDice, randomData } from './random-data.ts';

const run = async (parameters: Record<string, unknown>, context = {}) =>
  jsonOf(await runNode({ type: 'debugHelper', parameters, inputs: [itemsOf({ a: 1 })], context }));

test('does nothing, or fails with the message it is given', async () => {
  expect(await run({ category: 'doNothing' })).toEqual([{ a: 1 }]);
  const throwErrorMessage = 'on purpose';
  for (const throwErrorType of ['Error', 'NodeApiError', 'NodeOperationError'])
    await expect(run({ throwErrorType, throwErrorMessage })).rejects.toThrow('on purpose');
  expect(await run({ throwErrorMessage }, { continueOnFail: true })).toEqual([
    { error: 'on purpose' },
  ]);
});

test('the same seed makes the same data', async () => {
  const make = (randomDataSeed: string) =>
    run({ category: 'randomData', randomDataSeed, randomDataCount: 3 });
  const first = await make('s');
  expect(first).toHaveLength(3);
  expect(await make('s')).toEqual(first);
  expect(await make('t')).not.toEqual(first);
  const listed = await run({
    category: 'randomData',
    randomDataSeed: 's',
    randomDataCount: 3,
    randomDataSingleArray: true,
  });
  expect(listed).toEqual([{ generatedItems: first }]);
});

test.each([
  ['creditCard', /"number":"400000\d{10}"/],
  ['ipv4', /^\{"ip":"(\d{1,3}\.){3}\d{1,3}"\}$/],
  ['ipv6', /^\{"ipv6":"([\da-f]{4}:){7}[\da-f]{4}"\}$/],
  ['macAddress', /^\{"mac":"([\da-f]{2}:){5}[\da-f]{2}"\}$/],
  ['nanoid', /^\{"nanoId":"[ab]{5}"\}$/],
  ['url', /example\/[\da-f]{6}/],
  ['uuid', /^\{"uuid":"[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}"\}$/],
  ['version', /^\{"version":"\d+\.\d+\.\d+"\}$/],
])('%s looks like one', (type, pattern) => {
  expect(
    JSON.stringify(randomData[type]?.(createDice('x'), { alphabet: 'ab', length: 5 })),
  ).toMatch(pattern);
});

test('memory is filled in the sandbox, not here', async () => {
  const code = {
    run: async ({ scope }: { scope: { megabytes: number } }) => ({
      value: scope.megabytes,
      logs: [],
    }),
  };
  expect(await run({ category: 'oom', memorySizeValue: 7 }, { code })).toEqual([
    { a: 1, memory: '7 MB' },
  ]);
});

test('more items than can be held are refused', async () => {
  await expect(run({ category: 'randomData', randomDataCount: 1e9 })).rejects.toThrow(
    'Cannot make 1000000000 items',
  );
});

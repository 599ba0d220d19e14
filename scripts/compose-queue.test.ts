import { expect, test } from 'vitest';
import { rehearse } from './compose-queue.ts';

test('the processes of compose.queue.yml start, answer every call and stop cleanly', async () => {
  const { started, answers, exitCodes } = await rehearse(20);

  expect(started).toEqual(['main', 'main', 'webhook', 'worker', 'worker']);
  expect(answers).toEqual(
    Array.from({ length: 20 }, (_, index) => `{"message":"Hello, caller-${index}!"}`),
  );
  expect(exitCodes).toEqual([0, 0, 0, 0, 0]);
}, 180_000);

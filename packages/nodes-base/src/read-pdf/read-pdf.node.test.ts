import { expect, test } from 'vitest';
import { fakeFiles, itemWithFile } from '../testing/fake-files.ts';
import { runNode } from '../testing/fake-context.ts';

test('a file that is no PDF fails its item only', async () => {
  const output = await runNode({
    type: 'readPDF',
    inputs: [[itemWithFile('x'), { json: {} }]],
    context: { binary: fakeFiles, continueOnFail: true },
  });
  expect(output).toMatchObject([
    [
      { json: { error: 'Invalid PDF structure.' } },
      {
        json: { error: expect.stringContaining("binary file 'data', but none was found [item 1]") },
      },
    ],
  ]);
});

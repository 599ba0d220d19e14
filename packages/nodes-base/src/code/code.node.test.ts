import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { CodeRequest, CodeResult } from '@millrace/workflow/ports';
import { itemsOf, runNode } from '../testing/fake-context.ts';
import { fakeFiles } from '../testing/fake-files.ts';

const file = { id: 'f1', data: 'store', mimeType: 'text/plain' };

/** Runs the node over a sandbox that answers `result`. */
async function runCode(
  result: Partial<CodeResult>,
  more: Partial<ExecuteContext> = {},
  parameters = {},
) {
  const asked: CodeRequest[] = [];
  const stored: string[] = [];
  const context: Partial<ExecuteContext> = {
    workflow: { id: 'w', name: 'Flow', active: false, settings: {} },
    executionId: 'e1',
    resumeUrl: 'http://x/webhook-waiting/e1',
    signal: new AbortController().signal,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    customData: { set() {}, get: () => undefined, getAll: () => ({}) },
    binary: {
      put: async (bytes, about) => {
        const { data } = await fakeFiles.put(bytes, about);
        stored.push(Buffer.from(data, 'base64').toString());
        return { id: 'new', data: 'store', mimeType: about.mimeType ?? '' };
      },
      get: async () => Buffer.from('old'),
      stream: async () => Readable.from([Buffer.from('old')]),
    },
    code: {
      async run(request) {
        asked.push(request);
        return { value: undefined, logs: [], ...result };
      },
    },
    ...more,
  };
  const input = [{ ...itemsOf({ i: 1 })[0], json: { i: 1 }, binary: { data: file } }];
  const outputs = runNode({
    type: 'code',
    version: 2,
    parameters: { jsCode: 'return 1', ...parameters },
    inputs: [input],
    context,
  });
  return { asked, stored, outputs };
}

test('ships the items and names of the workflow, and makes items of what comes back', async () => {
  const { asked, outputs } = await runCode({ value: [{ a: 1 }] });
  expect(await outputs).toEqual([[{ json: { a: 1 } }]]);
  expect(asked[0]).toMatchObject({
    mode: 'allItems',
    source: 'return 1',
    scope: { $workflow: { name: 'Flow' }, $execution: { mode: 'test' } },
  });
});

test('keeps files the input has, stores inline ones and refuses others', async () => {
  const known = await runCode({
    value: [{ json: {}, binary: { f: { ...file, path: '/etc/passwd', fileName: 'n' } } }],
  });
  expect(await known.outputs).toEqual([[{ json: {}, binary: { f: { ...file, fileName: 'n' } } }]]);
  const inline = await runCode({
    value: [{ json: {}, binary: { f: { data: 'aGV5', mimeType: 'text/plain' } } }],
  });
  await inline.outputs;
  expect(inline.stored).toEqual(['hey']);
  const forged = await runCode({
    value: [{ json: {}, binary: { f: { ...file, id: 'filesystem:../../x' } } }],
  });
  await expect(forged.outputs).rejects.toThrow('was not given to this code');
});

test('one failed item becomes an error item when the node goes on', async () => {
  const value = [{ error: { name: 'Error', message: 'bad', line: 2 } }];
  const { asked, outputs } = await runCode(
    { value },
    { continueOnFail: true },
    { mode: 'runOnceForEachItem' },
  );
  expect(await outputs).toEqual([[{ json: { error: 'bad [line 2]' }, pairedItem: { item: 0 } }]]);
  expect(asked[0]?.onItemError).toBe('record');
});

test('static data changes in place only after success', async () => {
  const data = { global: { n: 1, gone: true }, node: {} };
  const staticData = (scope: 'global' | 'node') => data[scope];
  const { outputs } = await runCode(
    { value: null, staticData: { global: { n: 2 }, node: {} } },
    { staticData },
    { jsCode: '$getWorkflowStaticData("global").n++' },
  );
  await outputs;
  expect(data.global).toEqual({ n: 2 });
});

test('answers only the calls it knows', async () => {
  const { asked, outputs } = await runCode({ value: null }, { evaluate: (_, __, extra) => extra });
  await outputs;
  const hostCall = asked[0]?.hostCall;
  expect(await hostCall?.('lookup', ['all', 'X', 0, null, 2])).toEqual({
    $lookup: { node: 'X', first: undefined, second: 2 },
  });
  expect(await hostCall?.('getBinaryData', [file])).toBe(Buffer.from('old').toString('base64'));
  await expect(hostCall?.('getBinaryData', [{ ...file, id: 'other' }])).rejects.toThrow(
    'was not given',
  );
  await expect(hostCall?.('lookup', ['constructor', 'X', 0])).rejects.toThrow('not available');
  await expect(hostCall?.('exec', ['id'])).rejects.toThrow('not available');
});

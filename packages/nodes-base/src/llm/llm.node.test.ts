import { Readable } from 'node:stream';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { LlmPort, LlmRequest } from '@millrace/workflow/ports';
import { expect, test } from 'vitest';
import { jsonOf, runNode } from '../testing/fake-context.ts';

const usage = { inputTokens: 3, outputTokens: 1, cachedTokens: 0 };

/** A model that answers with what it was asked last. */
function echoModel() {
  const asked: LlmRequest[] = [];
  const embedded: unknown[] = [];
  const llm: LlmPort = {
    async complete(request) {
      asked.push(request);
      const text = request.messages.at(-1)?.text ?? '';
      const answer = { text, model: 'm', finishReason: 'stop', usage, cost: 0.01 };
      return { ...answer, isFromCache: false, ...(request.schema && { json: { said: text } }) };
    },
    async embed(request) {
      embedded.push(request);
      return { vectors: [[1, 2]], model: 'v', usage, cost: null };
    },
  };
  return { llm, asked, embedded };
}

const run = (parameters: JsonObject, llm?: LlmPort, items: Item[] = [{ json: {} }]) =>
  runNode({
    type: 'llm',
    parameters: { resource: 'text', operation: 'ask', ...parameters },
    inputs: [items],
    context: {
      ...(llm && { llm }),
      signal: new AbortController().signal,
      binary: {
        put: async () => ({ data: '', mimeType: '' }),
        get: async () => Buffer.from('png'),
        stream: async () => Readable.from([Buffer.from('png')]),
      },
    },
  });

test('asks with all that was set, and puts tokens and price beside the answer', async () => {
  const { llm, asked } = echoModel();
  const history = { messages: [{ role: 'assistant', text: 'before' }] };
  const options = { models: 'a, b', maxTokens: 9, timeoutSeconds: 5, cacheHours: 1, history };
  const output = await run({ system: 'Be short', prompt: 'Hello', options }, llm);
  expect(jsonOf(output)).toEqual([
    { answer: 'Hello', model: 'm', finishReason: 'stop', usage, cost: 0.01, isFromCache: false },
  ]);
  expect(asked[0]).toMatchObject({
    models: ['a', 'b'],
    maxTokens: 9,
    timeoutMs: 5000,
    cacheMs: 3_600_000,
    messages: [
      { role: 'system', text: 'Be short' },
      { role: 'assistant', text: 'before' },
      { role: 'user', text: 'Hello' },
    ],
  });
  expect(asked[0]).not.toHaveProperty('temperature');
});

test('an answer by schema comes as JSON', async () => {
  const { llm, asked } = echoModel();
  const schema = '{"type":"object"}';
  const output = await run({ prompt: 'x', output: 'json', schema }, llm);
  expect(jsonOf(output)).toMatchObject([{ answer: { said: 'x' } }]);
  expect(asked[0]?.schema).toEqual({ type: 'object' });
});

test('pictures are addresses or files of the item', async () => {
  const { llm, asked } = echoModel();
  const items = [{ json: {}, binary: { photo: { id: '1', data: '', mimeType: 'image/png' } } }];
  await run({ prompt: 'x', options: { images: 'photo, https://a.test/b.png' } }, llm, items);
  expect(asked[0]?.messages.at(-1)?.images).toEqual([
    { url: `data:image/png;base64,${Buffer.from('png').toString('base64')}` },
    { url: 'https://a.test/b.png' },
  ]);
  await expect(run({ prompt: 'x', options: { images: 'none' } }, llm, items)).rejects.toThrow(
    "no binary field 'none'",
  );
});

test('embeds the text of each item', async () => {
  const { llm, embedded } = echoModel();
  const parameters = { operation: 'embed', text: 'words', embeddingModel: 'v' };
  expect(jsonOf(await run(parameters, llm))).toEqual([
    { embedding: [1, 2], model: 'v', usage, cost: null },
  ]);
  expect(embedded[0]).toMatchObject({ texts: ['words'], model: 'v' });
});

test('without a model it says how to get one', async () => {
  await expect(run({ prompt: 'x' })).rejects.toMatchObject({
    code: 'NODE_FAILED',
    fix: expect.stringContaining('credential'),
  });
});

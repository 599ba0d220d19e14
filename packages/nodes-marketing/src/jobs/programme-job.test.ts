import { createMemoryStorage } from '@millrace/server/packages';
import type { JobContext } from '@millrace/workflow/node-api';
import type { LlmPort } from '@millrace/workflow/ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { seo } from '../programmes/seo/index.ts';
import { seedKeywords } from '../seed/keywords.ts';
import { content } from '../tables/content.ts';
import { keywords } from '../tables/keywords.ts';
import { programmeJob } from './programme-job.ts';

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  await storage.tables.open(keywords).insertMany([...seedKeywords(300, 1)]);
});
afterEach(() => storage.close());

const context = (more: Partial<JobContext> = {}): JobContext => ({
  id: 'j1',
  projectId: 'p1',
  input: {},
  state: {},
  tables: storage.tables,
  workflows: {
    start: async () => ({ executionId: 'e1', workflowId: 'w1' }),
    resume: async () => false,
  },
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => Date.UTC(2026, 10, 21),
  save: async () => {},
  ...more,
});

const model = (text: string): LlmPort => ({
  complete: async () => ({
    text,
    model: 'm',
    finishReason: 'stop',
    usage: { inputTokens: 1, outputTokens: 1, cachedTokens: 0 },
    cost: 0,
    isFromCache: false,
  }),
  embed: () => Promise.reject(new Error('nobody asks for vectors')),
});

const madeBy = async () =>
  new Set((await storage.tables.open(content).find()).map((each) => each.madeBy));

test('a programme that runs as a job lets the project’s model write', async () => {
  await programmeJob(seo).run(context({ llm: model('By the model') }));
  expect(await madeBy()).toEqual(new Set(['model']));
});

test('without a model the templates write', async () => {
  await programmeJob(seo).run(context());
  expect(await madeBy()).toEqual(new Set(['template']));
});

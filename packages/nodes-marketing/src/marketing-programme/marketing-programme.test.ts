import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import type { NodeType } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { programmes } from '../programmes/all.ts';
import { changeSettings } from '../programmes/settings.ts';
import { seedCampaigns, seedMemories } from '../seed/campaigns.ts';
import { campaignDays, campaignMemories, campaigns } from '../tables/campaigns.ts';
import { programmeRuns } from '../tables/programmes.ts';
import marketingController from './marketing-controller.node.ts';
import marketingProgramme from './marketing-programme.node.ts';

const NOW = Date.UTC(2026, 10, 21);
let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(async () => {
  storage = createMemoryStorage([nodesMarketing]);
  await storage.tables.open(campaignMemories).insertMany([...seedMemories(500, 1, NOW)]);
  const running = [...seedCampaigns(2, 30, 1, NOW)];
  await storage.tables.open(campaigns).insertMany(running.map(({ campaign }) => campaign));
  await storage.tables.open(campaignDays).insertMany(running.flatMap(({ days }) => days));
});
afterEach(() => storage.close());

const run = (node: NodeType, parameters: JsonObject, signal = new AbortController().signal) =>
  runMarketingNode({
    node,
    parameters,
    context: { tables: storage.tables, executionId: 'e1', now: () => NOW, signal },
  });
const phases = async (...untils: string[]) => {
  const done = [];
  for (const until of untils)
    done.push(...(await run(marketingProgramme, { programme: 'campaigns', until })));
  return done;
};

test('runs a programme whole, for the execution', async () => {
  const [done] = await run(marketingProgramme, { programme: 'campaigns' });
  expect(done).toMatchObject({ programme: 'campaigns', phase: 'completed', designed: 3 });
  expect(await storage.tables.open(programmeRuns).find()).toMatchObject([
    { trigger: 'execution e1', open: null },
  ]);
});

test('runs it phase by phase, each node going on where the last one stopped', async () => {
  const done = await phases('analysing', 'planning', 'executing', 'completed');
  expect(done.map(({ phase }) => phase)).toEqual([
    'planning',
    'executing',
    'learning',
    'completed',
  ]);
  expect(new Set(done.map(({ runId }) => runId)).size).toBe(1);
  expect(done[0]).not.toHaveProperty('designed');
  expect(done[1]).toHaveProperty('designed', 3);
});

test('a node for a phase that is over does nothing', async () => {
  await phases('planning');
  const [again] = await phases('analysing');
  expect(again).toMatchObject({ phase: 'executing' });
});

test('starts all in order; one that fails stops no other', async () => {
  await changeSettings(storage.tables, 'campaigns', { priority: 3 });
  const done = await run(marketingController, { operation: 'startAll' });
  expect(done.map(({ programme }) => programme)[0]).toBe('campaigns');
  expect(done).toHaveLength(programmes.size);
  expect(done[0]).toMatchObject({ phase: 'completed' });
});

test('a canceled execution starts nothing more', async () => {
  const cancel = new AbortController();
  cancel.abort(new Error('canceled'));
  const starting = run(marketingController, { operation: 'startAll' }, cancel.signal);
  await expect(starting).rejects.toThrow('canceled');
  expect(await storage.tables.open(programmeRuns).count({ phase: 'completed' })).toBe(0);
});

test('stops what is open, and shows how everything is', async () => {
  await phases('analysing');
  expect(await run(marketingController, { operation: 'stopAll' })).toEqual([{ stopped: 1 }]);
  const states = await run(marketingController, { operation: 'status' });
  expect(states.find(({ programme }) => programme === 'campaigns')).toMatchObject({
    status: 'stopped',
    phase: 'planning',
  });
  const [shown] = await run(marketingController, { operation: 'dashboard' });
  expect(shown).toMatchObject({ tiles: { campaignsRunning: 1 } });
});

import { createMemoryStorage } from '@millrace/server/packages';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { agents, handoffs, type AgentRow } from '../tables/handoffs.ts';
import { freeAgents } from './agents.ts';
import { joinContexts, readContext } from './handoff-context.ts';
import { claimHandoff, closeHandoff, isMuted, releaseHandoff, requestHandoff } from './handoffs.ts';

const START = Date.UTC(2026, 10, 21);
const MINUTE_MS = 60_000;
let now = START;
let storage: ReturnType<typeof createMemoryStorage>;

beforeEach(() => {
  now = START;
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const ask = (more: Partial<Parameters<typeof requestHandoff>[1]> = {}) =>
  requestHandoff(
    storage.tables,
    {
      id: 'h1',
      contact: 'ann@example.com',
      channel: 'email',
      wanted: 'any',
      skills: [],
      context: {},
      reason: 'angry',
      answerBy: now + 15 * MINUTE_MS,
      ...more,
    },
    now,
  );
const addAgents = (...rows: (Partial<AgentRow> & { readonly name: string })[]) =>
  storage.tables.open(agents).insertMany(
    rows.map((row) => ({
      id: row.name,
      kind: 'human' as const,
      skills: [],
      heartbeatAt: now,
      ...row,
    })),
  );
const claim = (agentId: string, version = 1) =>
  claimHandoff(storage.tables, { id: 'h1', version }, { agentId, now });

describe('routing', () => {
  test('goes to who is there, can, and has most room; of equals to who waited longest', async () => {
    await addAgents(
      { name: 'away', heartbeatAt: now - 2 * MINUTE_MS },
      { name: 'full', load: 5 },
      { name: 'busy', load: 2, skills: ['german'] },
      { name: 'free', load: 1, skills: ['german'], lastClaimedAt: now - 1 },
      { name: 'fresh', load: 1, skills: ['german', 'refunds'], lastClaimedAt: now - 9 },
      { name: 'bot', kind: 'ai', capacity: 1000, skills: ['german'] },
    );
    const names = async (wanted: 'human' | 'any', skills: string[]) =>
      (await freeAgents(storage.tables, { wanted, skills }, now)).map(({ name }) => name);
    expect(await names('human', ['german'])).toEqual(['fresh', 'free', 'busy']);
    expect((await names('any', ['german']))[0]).toBe('bot');
    expect(await names('any', ['dutch'])).toEqual([]);
    expect(await ask({ wanted: 'human', skills: ['refunds'] })).toMatchObject({
      state: 'queued',
      offeredTo: 'fresh',
      agentId: null,
    });
  });

  test('with nobody free it is queued and given to nobody', async () => {
    expect(await ask()).toMatchObject({ state: 'queued', offeredTo: null, agentId: null });
  });
});

describe('claiming', () => {
  test('of many who try at once one gets it', async () => {
    await ask();
    const tries = await Promise.allSettled(['ann', 'bob', 'cem', 'dia'].map((name) => claim(name)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of tries)
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject({ code: 'RESOURCE_CONFLICT' });
    const row = await storage.tables.open(handoffs).findOne({ id: 'h1' });
    expect(row).toMatchObject({ state: 'human', version: 2, claimedAt: now });
    expect(row?.history?.map(({ what }) => what)).toEqual(['requested', 'claimed']);
  });

  test('claiming again changes nothing; an old version is refused', async () => {
    await ask();
    await claim('ann');
    expect(await claim('ann')).toMatchObject({ version: 2, agentId: 'ann' });
    await releaseHandoff(
      storage.tables,
      { id: 'h1', version: 2 },
      { by: 'ann', reason: 'ill', now },
    );
    await expect(claim('bob', 1)).rejects.toThrow(/queued by nobody in version 3/);
    await expect(
      claimHandoff(storage.tables, { id: 'none', version: 1 }, { agentId: 'a', now }),
    ).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  test('mutes bots while a person has it, not while an agent has', async () => {
    await addAgents({ name: 'bot', kind: 'ai' });
    await ask();
    const muted = () => isMuted(storage.tables, 'ann@example.com');
    expect(await muted()).toBe(false);
    expect(await claim('bot')).toMatchObject({ state: 'ai' });
    expect(await muted()).toBe(false);
    await releaseHandoff(storage.tables, { id: 'h1', version: 2 }, { by: 'bot', reason: '?', now });
    await claim('ann', 3);
    expect(await muted()).toBe(true);
    await closeHandoff(
      storage.tables,
      { id: 'h1', version: 4 },
      { by: 'ann', outcome: 'paid', now },
    );
    expect(await muted()).toBe(false);
  });

  test('an agent takes no more than fits, and a talk given back makes room', async () => {
    await addAgents({ name: 'bob', capacity: 1 });
    await ask();
    await ask({ id: 'h2' });
    const second = () =>
      claimHandoff(storage.tables, { id: 'h2', version: 1 }, { agentId: 'bob', now });
    await claim('bob');
    await expect(second()).rejects.toThrow(/bob has as many talks as they can take/);
    await releaseHandoff(
      storage.tables,
      { id: 'h1', version: 2 },
      { by: 'bob', reason: 'no', now },
    );
    expect(await second()).toMatchObject({ agentId: 'bob' });
    expect((await storage.tables.open(agents).findOne({ id: 'bob' }))?.load).toBe(1);
  });
});

describe('context', () => {
  test('is kept over channels: later facts count, the last twenty messages stay', async () => {
    const many = Array.from({ length: 15 }, (_, index) => ({ from: 'ann', text: `mail ${index}` }));
    await ask({ context: readContext({ plan: 'gold', messages: many }, 'email') });
    await closeHandoff(
      storage.tables,
      { id: 'h1', version: 1 },
      { by: 'bob', outcome: null, context: { likes: 'tea' }, now },
    );
    now += MINUTE_MS;
    const later = readContext({ plan: 'silver', messages: many.slice(0, 10) }, 'chat');
    const { context } = await ask({ id: 'h2', channel: 'chat', context: later });
    expect(context).toMatchObject({ plan: 'silver', likes: 'tea' });
    expect(context.messages).toHaveLength(20);
    expect(context.messages?.[0]).toEqual({ from: 'ann', text: 'mail 5', channel: 'email' });
    expect(context.messages?.at(-1)).toMatchObject({ text: 'mail 9', channel: 'chat' });
  });

  test.each([
    ['text alone', ['hello'], { messages: [{ from: 'contact', text: 'hello', channel: 'sms' }] }],
    ['no text', { messages: [{ from: 'a' }, null, 3], x: 1 }, { messages: [], x: 1 }],
    ['nothing', undefined, {}],
  ])('%s', (_, given, expected) => {
    expect(readContext(given, 'sms')).toEqual(expected);
  });

  test('nothing is lost when nothing is new', () => {
    const before = { summary: 's', deep: { a: [1] }, messages: [{ from: 'a', text: 'b' }] };
    expect(joinContexts(before, {})).toEqual(before);
  });
});

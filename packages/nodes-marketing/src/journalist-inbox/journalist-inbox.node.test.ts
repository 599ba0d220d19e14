import { createMemoryStorage } from '@millrace/server/packages';
import { openFakeImap } from '@millrace/testing/mail';
import type { JsonObject } from '@millrace/workflow/items';
import type { PollContext, PollOutcome } from '@millrace/workflow/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { keywords } from '../tables/keywords.ts';
import { journalistQueries } from '../tables/links.ts';
import journalistInbox from './journalist-inbox.node.ts';

const NOW = Date.UTC(2026, 6, 1, 14);
const EXPERTS = 'Ann: coffee roasting, espresso machines\nBo: garden herbs';

let imap: Awaited<ReturnType<typeof openFakeImap>>;
let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(async () => {
  imap = await openFakeImap();
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(async () => {
  await imap.close();
  await storage.close();
});

const stored = () => storage.tables.open(journalistQueries);

async function poll(
  parameters: JsonObject = { experts: EXPERTS },
  { cursor = null, now = NOW }: { cursor?: JsonObject | null; now?: number } = {},
) {
  const warnings: string[] = [];
  const context: Partial<PollContext> = {
    cursor,
    tables: storage.tables,
    hosts: { locate: async () => ({ address: '127.0.0.1', port: imap.port, isStandIn: true }) },
    signal: new AbortController().signal,
    credential: async () => ({ user: 'me', password: 'secret', host: 'imap.example.com' }),
    logger: { debug() {}, info() {}, warn: (text) => warnings.push(text), error() {} },
    now: () => now,
    param<T>(path: string, _index: number, options: { fallback?: unknown } = {}) {
      // The caller names the type, as with the engine's own `param`.
      return (parameters[path] ?? options.fallback) as T;
    },
  };
  // Only what a poll of this node uses.
  const found: PollOutcome | undefined = await journalistInbox.poll?.(context as PollContext);
  const items = (found?.outputs[0] ?? []).map(({ json }) => json);
  return { items, cursor: found?.cursor ?? {}, warnings };
}

const query = (id: string, summary: string, deadline = '7:00 PM EST - 8 July') => `
1) Summary: ${summary}
Name: Ann
Email: query-${id}@helpareporter.net
Media Outlet: Daily
Deadline: ${deadline}
Query:
${summary}, and why does it matter to people who live in small flats in the city?
-----------`;
const COFFEE = query('c', 'What is new in coffee roasting');
const GARDEN = query('g', 'Which garden herbs grow in the shade');
const SHARES = query('s', 'How do tax rules change for shares');

const mail = (
  text: string,
  { from = 'haro@helpareporter.com', date = NOW - 3_600_000, id = '1' } = {},
) =>
  `From: ${from}\nSubject: Queries ${id}\nDate: ${new Date(date).toUTCString()}\nMessage-ID: <${id}@x.example>\n\n${text}\n`;

test('queries of a digest come the most fitting first, and are stored', async () => {
  imap.deliver(mail([SHARES, GARDEN, COFFEE].join('\n')));
  const { items } = await poll();
  expect(
    items
      .slice(0, 2)
      .map(({ expert }) => expert)
      .toSorted(),
  ).toEqual(['Ann', 'Bo']);
  expect(items[2]).toMatchObject({ summary: 'How do tax rules change for shares', relevance: 0 });
  expect(items.find(({ expert }) => expert === 'Ann')).toMatchObject({
    relevance: 1,
    email: 'query-c@helpareporter.net',
    deadline: '2026-07-08T23:00:00.000Z',
    hoursLeft: 177,
    explain: '100 % of “coffee roasting” is asked for',
  });
  expect(await stored().count({ status: 'new' })).toBe(3);
});

test('what is not relevant enough starts nothing, and is stored all the same', async () => {
  imap.deliver(mail([SHARES, COFFEE].join('\n')));
  const { items } = await poll({ experts: EXPERTS, minRelevance: 0.5 });
  expect(items).toMatchObject([{ expert: 'Ann' }]);
  expect(await stored().count()).toBe(2);
});

test('without experts the stored keywords rank', async () => {
  await storage.tables
    .open(keywords)
    .insert({ text: 'coffee roasting', textNormal: 'coffee roasting' });
  imap.deliver(mail([SHARES, COFFEE].join('\n')));
  expect((await poll({})).items[0]).toMatchObject({
    email: 'query-c@helpareporter.net',
    relevance: 1,
  });
});

test('a query sent again, under another address too, comes once', async () => {
  imap.deliver(mail(COFFEE));
  const first = await poll();
  imap.deliver(
    mail(`${COFFEE}\n${query('x', 'What is new in coffee roasting')}\n${GARDEN}`, {
      id: '2',
      date: NOW,
    }),
  );
  const second = await poll(undefined, { cursor: first.cursor });
  expect(second.items).toMatchObject([{ email: 'query-g@helpareporter.net' }]);
});

test('a poll that is done again gives the same, and stores nothing twice', async () => {
  imap.deliver(mail([COFFEE, GARDEN].join('\n')));
  const first = await poll();
  expect(await poll(undefined, { now: NOW + 60_000 })).toMatchObject({
    items: first.items.map(({ email }) => ({ email })),
  });
  expect(await stored().count()).toBe(2);
});

test('deadlines that are over start nothing, stored ones expire', async () => {
  imap.deliver(mail(`${COFFEE}\n${query('o', 'Which tea is best', '9:00 AM EST - 1 July')}`));
  const { items, cursor } = await poll();
  expect(items).toMatchObject([{ email: 'query-c@helpareporter.net' }]);
  expect(await stored().count({ status: 'expired' })).toBe(1);
  await poll(undefined, { cursor, now: Date.UTC(2026, 6, 9) });
  expect(await stored().count({ status: 'expired' })).toBe(2);
});

test.each([
  ['somebody else', 'bo@friends.example', undefined, 0],
  ['a name that only looks like it', 'x@nothelpareporter.com', undefined, 0],
  ['a part of a known domain', 'x@mail.qwoted.com', undefined, 1],
  ['a sender one named', 'bo@friends.example', 'friends.example', 1],
])('mail of %s', async (_, from, senders, count) => {
  imap.deliver(mail(COFFEE, { from }));
  const { items } = await poll({ experts: EXPERTS, ...(senders !== undefined && { senders }) });
  expect(items).toHaveLength(count);
});

test('what cannot be read is said, and the rest is read', async () => {
  imap.deliver(mail(`${COFFEE.replace(/Email: .*/, 'Email: none')}\n${GARDEN}`));
  const { items, warnings } = await poll();
  expect(items).toHaveLength(1);
  expect(warnings).toEqual([
    '1 queries were read in the mail "Queries 1" of haro@helpareporter.com',
  ]);
});

test('a mail in HTML, coded for its way, is read', async () => {
  const html = COFFEE.trim()
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('\n');
  imap.deliver(
    `From: haro@helpareporter.com\nSubject: Q\nDate: ${new Date(NOW).toUTCString()}\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${Buffer.from(html).toString('base64')}\n`,
  );
  expect((await poll()).items).toMatchObject([{ email: 'query-c@helpareporter.net' }]);
});

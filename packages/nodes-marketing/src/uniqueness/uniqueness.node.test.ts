import { createMemoryStorage } from '@millrace/server/packages';
import type { BinaryData, Item, JsonObject } from '@millrace/workflow/items';
import { getByPath, normalizeParameters } from '@millrace/workflow/parameters';
import type { ExecuteContext, ParamOptions } from '@millrace/workflow/node-api';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { createRandom } from '../stats/math/random.ts';
import { content } from '../tables/content.ts';
import { fingerprints } from '../tables/fingerprints.ts';
import uniquenessNode from './uniqueness.node.ts';

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

interface RunOptions {
  readonly now?: number;
  readonly key?: string;
}

/** Both outputs: what is new, and copies. */
async function run(
  parameters: JsonObject,
  items: readonly Item[],
  { now = NOW, key = 'e1:n1:0' }: RunOptions = {},
): Promise<readonly (readonly JsonObject[])[]> {
  const values = normalizeParameters(uniquenessNode.description, parameters, { version: 1 });
  const binary: Partial<ExecuteContext['binary']> = {
    get: async ({ data }: BinaryData) => Buffer.from(data, 'base64'),
  };
  const context: Partial<ExecuteContext> = {
    tables: storage.tables,
    now: () => now,
    idempotencyKey: key,
    signal: new AbortController().signal,
    items: () => items,
    param<T>(path: string, _index: number, options: ParamOptions = {}) {
      // The caller names the type, as with the engine's own `param`.
      return (getByPath(values, path) ?? options.fallback) as T;
    },
  };
  // Only what this node uses.
  const found = await uniquenessNode.execute?.({ ...context, binary } as ExecuteContext);
  if (!Array.isArray(found)) throw new Error('The node did not answer');
  return found.map((output) => (output ?? []).map(({ json }: Item) => json));
}

const WORDS =
  'river stone light paper garden window morning silver copper travel music winter bread';

/** A text of its own for each seed. */
function text(seed: number, words = 120): string {
  const random = createRandom(seed);
  const list = WORDS.split(' ');
  return Array.from(
    { length: words },
    () => `${list[random.below(list.length)]}${random.below(40)}`,
  ).join(' ');
}

const piece = (id: string, body: string): Item => ({ json: { id, text: body } });
const explained = (row: JsonObject | undefined) => String(Object(row?.['fingerprint']).explain);

test('a hash is the same for the same words, however they are written', async () => {
  const [[a, b, c] = []] = await run({ operation: 'hash' }, [
    piece('a', text(1)),
    piece('b', text(1).toUpperCase()),
    piece('c', text(2)),
  ]);
  const hashOf = (row: JsonObject | undefined) => Object(row?.['fingerprint']).hash;
  expect(hashOf(a)).toMatch(/^[0-9a-f]{16}$/);
  expect(hashOf(b)).toBe(hashOf(a));
  expect(hashOf(c)).not.toBe(hashOf(a));
});

describe('comparing', () => {
  test('finds the planted copy and how much of it was taken', async () => {
    const half = `${text(1, 60)} ${text(9, 60)}`;
    const [fresh = [], copies = []] = await run({ operation: 'compare' }, [
      piece('a', text(1)),
      piece('b', text(2)),
      piece('c', half),
    ]);
    expect(fresh.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(copies).toMatchObject([{ id: 'c', fingerprint: { isCopy: true, copyOf: 'a' } }]);
    expect(explained(copies[0])).toBe('49 % of it stands in “a”');
  });

  test('five hundred texts are compared with each other, one planted copy is found', async () => {
    const items = Array.from({ length: 500 }, (_, seed) => piece(`p${seed}`, text(seed)));
    const [, copies = []] = await run({ operation: 'compare' }, [...items, piece('x', text(250))]);
    expect(copies).toMatchObject([{ id: 'x', fingerprint: { copyOf: 'p250', share: 1 } }]);
  });
});

describe('the guard', () => {
  test('lets a text pass once, and the same piece on its channel again', async () => {
    const guard = { channel: 'mail' };
    expect((await run(guard, [piece('a', text(1))]))[0]).toHaveLength(1);
    expect((await run(guard, [piece('a', text(1))]))[0]).toHaveLength(1);
    const [, copies = []] = await run(guard, [piece('b', `${text(1)}!`)]);
    expect(copies).toMatchObject([{ fingerprint: { copyOf: 'a' } }]);
    expect(explained(copies[0])).toBe('It says the same as “a”');
  });

  test('keeps a piece from going out on another channel, unless only this one counts', async () => {
    await run({ channel: 'air' }, [piece('a', text(1))]);
    expect((await run({ channel: 'fire' }, [piece('a', text(1))]))[1]).toHaveLength(1);
    const same = { channel: 'fire', scope: 'sameChannel' };
    expect((await run(same, [piece('a', text(1))]))[0]).toHaveLength(1);
    const others = { channel: 'air', scope: 'otherChannels', library: false };
    expect((await run(others, [piece('b', text(3))]))[0]).toHaveLength(1);
  });

  test('forgets what is older than its days', async () => {
    await run({}, [piece('a', text(1))], { now: NOW - 40 * DAY_MS });
    expect((await run({ days: 30, remember: false }, [piece('b', text(1))]))[0]).toHaveLength(1);
    expect((await run({ days: 50, remember: false }, [piece('b', text(1))]))[1]).toHaveLength(1);
  });

  test('knows the library, but not the piece itself', async () => {
    const own = await storage.tables.open(content).insert({
      kind: 'article',
      title: 'Old one',
      body: text(5),
    });
    const [, copies = []] = await run({}, [piece('new', `${text(5, 50)} ${text(6, 70)}`)]);
    expect(explained(copies[0])).toMatch(/^4\d % of it stands in “Old one”$/);
    expect((await run({}, [piece(own.id, text(5))]))[0]).toHaveLength(1);
    expect((await run({ library: false }, [piece('x', text(6))]))[0]).toHaveLength(1);
  });

  test('of copies that come at once lets one pass, in a batch and in several executions', async () => {
    const [fresh = [], copies = []] = await run({}, [piece('a', text(1)), piece('b', text(1))]);
    expect([fresh.length, copies.length]).toEqual([1, 1]);
    const all = await Promise.all(['c', 'd', 'e', 'f'].map((id) => run({}, [piece(id, text(2))])));
    expect(all.flatMap(([passed = []]) => passed)).toHaveLength(1);
  });

  test('pieces without a name are told apart by their run', async () => {
    const nameless: Item = { json: { text: text(1) } };
    expect((await run({}, [nameless]))[0]).toHaveLength(1);
    expect((await run({}, [nameless]))[0]).toHaveLength(1); // the same run, tried again
    expect((await run({}, [nameless], { key: 'e2:n1:0' }))[1]).toHaveLength(1);
  });

  test('remembers nothing when told so', async () => {
    await run({ remember: false }, [piece('a', text(1))]);
    expect(await storage.tables.open(fingerprints).count()).toBe(0);
  });
});

/** Soft spots on grey; `isMirrored` as seen in a mirror. */
function picture(seed: number, { isMirrored = false, light = 0 } = {}): Item {
  const size = 96;
  const random = createRandom(seed);
  const spots = Array.from({ length: 10 }, () => [random.next(), random.next(), random.next()]);
  const png = new PNG({ width: size, height: size });
  for (let at = 0; at < size * size; at += 1) {
    const x = (isMirrored ? size - 1 - (at % size) : at % size) / size;
    const y = Math.floor(at / size) / size;
    const grey = spots.reduce(
      (sum, [a = 0, b = 0, c = 0]) =>
        sum + (200 * c - 60) * Math.exp(-((x - a) ** 2 + (y - b) ** 2) / 0.02),
      80 + light,
    );
    png.data.fill(Math.min(255, Math.max(0, Math.round(grey))), at * 4, at * 4 + 3);
    png.data[at * 4 + 3] = 255;
  }
  const data = PNG.sync.write(png).toString('base64');
  return { json: { id: `picture ${seed}` }, binary: { data: { data, mimeType: 'image/png' } } };
}

describe('pictures', () => {
  const images = { kind: 'image' };
  const named = (id: string, item: Item): Item => ({ ...item, json: { id } });

  test('that are lighter or mirrored are copies, others are not', async () => {
    await run(images, [picture(1)]);
    const [fresh = [], copies = []] = await run(images, [
      named('lighter', picture(1, { light: 12 })),
      named('mirrored', picture(1, { isMirrored: true })),
      picture(2),
    ]);
    expect(fresh.map(({ id }) => id)).toEqual(['picture 2']);
    expect(copies.map(explained)).toEqual([
      'It is the picture of “picture 1”',
      'It is the picture, turned or mirrored, of “picture 1”',
    ]);
  });

  test('are compared within a batch', async () => {
    const [, copies = []] = await run({ ...images, operation: 'compare' }, [
      picture(1),
      picture(2),
      named('again', picture(1)),
    ]);
    expect(copies).toMatchObject([{ id: 'again', fingerprint: { copyOf: 'picture 1' } }]);
  });

  test.each([
    [{ json: {} }, 'Item 0 has no file "data"'],
    [
      { json: {}, binary: { data: { data: 'R0lGODlh', mimeType: 'image/gif' } } },
      'neither a PNG nor a JPEG',
    ],
    [{ json: {}, binary: { data: { data: 'iVBORw0K', mimeType: 'image/png' } } }, 'broken'],
  ])('%j is refused', async (item, message) => {
    await expect(run(images, [item])).rejects.toThrow(message);
  });
});

test.each([
  [{}, [piece('a', '')], 'Item 0 has no "text"'],
  [{ leastShare: 0 }, [piece('a', 'b')], '"Copied From" is 0'],
  [{ days: 0 }, [piece('a', 'b')], '"Days" is 0'],
])('%j of %j is refused', async (parameters, items, message) => {
  await expect(run(parameters, items)).rejects.toThrow(message);
});

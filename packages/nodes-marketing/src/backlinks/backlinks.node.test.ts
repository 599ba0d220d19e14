import { createMemoryStorage } from '@millrace/server/packages';
import { runMarketingNode } from '@millrace/testing/marketing-fakes';
import type { JsonObject } from '@millrace/workflow/items';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodesMarketing } from '../index.ts';
import { COMPETITORS, seedBacklinks, seedDomains } from '../seed/links.ts';
import { backlinks, domains } from '../tables/links.ts';
import backlinksNode from './backlinks.node.ts';
import { registrableDomain } from './registrable-domain.ts';

const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

let storage: ReturnType<typeof createMemoryStorage>;
beforeEach(() => {
  storage = createMemoryStorage([nodesMarketing]);
});
afterEach(() => storage.close());

const run = (parameters: JsonObject, items: readonly JsonObject[] = [{}]) =>
  runMarketingNode({
    node: backlinksNode,
    parameters,
    items: items.map((json) => ({ json })),
    context: { tables: storage.tables, now: () => NOW },
  });

const link = (from: string, to: string, more: JsonObject = {}) => ({
  fromUrl: `https://${from}/page`,
  toUrl: `https://${to}/`,
  ...more,
});

test.each([
  ['https://blog.example.co.uk/x', 'example.co.uk'],
  ['WWW.Example.com', 'example.com'],
  ['https://127.0.0.1/x', undefined],
  ['no address', undefined],
])('the registrable domain of %s is %s', (address, domain) => {
  expect(registrableDomain(address)).toBe(domain);
});

describe('items', () => {
  test('a profile counts new, lost, followed and toxic links', async () => {
    const [profile] = await run({ ownDomains: 'me.com' }, [
      link('a.com', 'me.com', { anchor: 'Me', firstSeen: NOW - DAY_MS }),
      link('b.com', 'www.me.com', { anchor: 'me', rel: 'nofollow' }),
      link('c.com', 'me.com', { anchor: 'other', spam: 0.9 }),
      link('d.com', 'me.com', { lostAt: NOW - DAY_MS }),
      link('e.com', 'you.com'),
    ]);
    expect(profile).toMatchObject({
      links: 3,
      domains: 3,
      newLinks: 1,
      lostLinks: 1,
      followShare: 2 / 3,
      toxicLinks: 1,
      anchors: [
        { anchor: 'me', links: 2 },
        { anchor: 'other', links: 1 },
      ],
    });
    expect(profile?.['anchorConcentration']).toBeCloseTo(5 / 9, 10);
  });

  test('a profile of no links has no shares', async () => {
    expect(await run({ ownDomains: 'me.com' }, [link('a.com', 'you.com')])).toMatchObject([
      { links: 0, followShare: null, anchorConcentration: null, meanQuality: null },
    ]);
  });

  test('quality puts the strong, followed link in the text first', async () => {
    const judged = await run({ operation: 'quality' }, [
      link('weak.com', 'me.com', { authority: 5, placement: 'footer', rel: 'nofollow' }),
      link('strong.com', 'me.com', { authority: 90 }),
    ]);
    expect(judged.map(({ fromDomain }) => fromDomain)).toEqual(['strong.com', 'weak.com']);
    expect(judged[0]).toMatchObject({ parts: { follow: 15, placement: 10 }, isToxic: false });
  });

  test('the gap counts subdomains as one site and leaves out who links to us', async () => {
    const gaps = await run({ operation: 'linkGap', ownDomains: 'me.com' }, [
      link('blog.x.co.uk', 'rival.com'),
      link('shop.x.co.uk', 'other.com'),
      link('y.com', 'rival.com'),
      link('y.com', 'other.com'),
      link('www.y.com', 'me.com'),
      link('z.com', 'rival.com'),
    ]);
    expect(gaps).toMatchObject([{ domain: 'x.co.uk', competitors: ['rival.com', 'other.com'] }]);
  });

  test.each([
    [{}, 'Item 0 has no "fromUrl"'],
    [{ fromUrl: 'nowhere', toUrl: 'https://me.com' }, 'Item 0: "nowhere" is not the address'],
    [link('a.com', 'me.com', { authority: 'high' }), '"authority" is "high"'],
  ])('%j is refused', async (item, message) => {
    await expect(run({ ownDomains: 'me.com' }, [item])).rejects.toThrow(message);
  });

  test('asks which site is ours', async () => {
    await expect(run({}, [link('a.com', 'me.com')])).rejects.toThrow('Which site is yours');
    await expect(run({ ownDomains: 'x' }, [link('a.com', 'me.com')])).rejects.toThrow(
      '"x" is not a domain',
    );
  });
});

describe('the store', () => {
  beforeEach(async () => {
    await storage.tables.open(domains).insertMany([...seedDomains(300, 1)]);
    await storage.tables
      .open(backlinks)
      .insertMany([...seedBacklinks({ own: 100, rivals: 1500, sites: 300 }, 1, NOW)]);
  });

  test('has at least thirty sites in the gap of the seed data', async () => {
    const gaps = await run({ operation: 'linkGap', source: 'store', limit: 0 });
    expect(gaps.length).toBeGreaterThanOrEqual(30);
    for (const { domain } of gaps) expect(COMPETITORS).not.toContain(domain);
  });

  test('keeps the quality of its links', async () => {
    await run({ operation: 'quality', source: 'store' });
    expect(await storage.tables.open(backlinks).count({ quality: null })).toBe(0);
  });
});

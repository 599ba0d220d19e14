import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
  type Values,
} from '@millrace/workflow/node-api';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { within } from '../item-fields/within.ts';
import { findBroken } from './find-broken.ts';
import { openGoneMemory } from './gone.ts';
import { linkCheckerIcon } from './link-checker.icon.ts';
import { linksToVerify, writeState, type StoredLink } from './stored-links.ts';
import { verifyLink, type LinkState, type LinkToVerify } from './verify-link.ts';
import { createVisitor, type Visitor } from './visitor.ts';

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'verify',
    choices: [
      {
        value: 'verify',
        label: 'Verify',
        hint: 'Is a link live, where does it stand, what does it say',
      },
      {
        value: 'broken',
        label: 'Find Broken Links',
        hint: 'One item a link on a page that leads nowhere',
      },
    ],
  }),
  source: p.options({
    label: 'Links',
    default: 'items',
    choices: [
      { value: 'items', label: 'Input Items', hint: 'fromUrl and toUrl' },
      {
        value: 'store',
        label: 'Stored Backlinks',
        hint: 'Of your own sites; what is seen is stored',
      },
    ],
    when: { operation: ['verify'] },
  }),
  pageField: p.string({ label: 'Page Field', default: 'url', when: { operation: ['broken'] } }),
  most: p.number({
    label: 'Most',
    default: 100,
    min: 1,
    max: 2000,
    hint: 'Stored links in one run, or links looked at on one page',
  }),
  spacingSeconds: p.number({
    label: 'Seconds Between Requests',
    default: 1,
    min: 0.1,
    max: 60,
    hint: 'To one host; robots.txt may ask for more',
  }),
  timeoutSeconds: p.number({ label: 'Seconds to Wait', default: 20, min: 1, max: 120 }),
} as const;

type Given = Values<typeof params>;

/** Sites looked at side by side. */
const WORKERS = 5;

/** Looks whether links are live, and for links that lead nowhere. */
export default defineNode({
  name: 'millrace-nodes-marketing.linkChecker',
  label: 'Link Checker',
  description: 'Tells whether won links are live and what they are worth, and finds broken links',
  version: 1,
  group: ['marketing'],
  icon: linkCheckerIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing', 'SEO'],
    alias: ['backlink', 'verify', 'lost links', 'broken links', '404', 'nofollow', 'dead links'],
  },
  outputs: ['main', 'main', 'main'],
  outputNames: ['Live or Broken', 'Lost', 'Unknown'],
  params,
  async execute(context) {
    if (context.items().length === 0) return [[], [], []];
    const given = decodeParams(params, readParams(params, context, 0));
    const visitor = createVisitor({
      http: context.http,
      signal: context.signal,
      sleep: (ms) => context.sleep(ms),
      spacingMs:
        1000 * within('Seconds Between Requests', given.spacingSeconds, { min: 0.1, max: 60 }),
      timeoutMs: 1000 * within('Seconds to Wait', given.timeoutSeconds, { min: 1, max: 120 }),
    });
    within('Most', given.most, { min: 1, max: 2000, isWhole: true });
    return given.operation === 'verify'
      ? verify(context, given, visitor)
      : broken(context, given, visitor);
  },
});

async function verify(context: ExecuteContext, given: Given, visitor: Visitor): Promise<Item[][]> {
  const gone = openGoneMemory(context.tables, context.now());
  const stored =
    given.source === 'store' ? await linksToVerify(context.tables, given.most) : undefined;
  const links: readonly (LinkToVerify | StoredLink)[] = stored ?? readLinks(context);
  const states = await sideBySide(
    links,
    ({ fromUrl }) => hostOf(fromUrl),
    async (link) => {
      const state = await verifyLink(link, visitor, gone);
      if ('id' in link) await writeState(context.tables, link, state, context.now());
      return state;
    },
  );
  const items = links.map((link, index): Item => {
    const state = states[index];
    const json = stored ? { ...link } : { ...context.items()[index]?.json };
    return {
      json: { ...json, link: { ...state } },
      ...(!stored && { pairedItem: { item: index } }),
    };
  });
  const of = (...wanted: readonly LinkState['state'][]) =>
    items.filter((_, index) => wanted.includes(states[index]?.state ?? 'unknown'));
  return [of('live'), of('lost'), of('suspect', 'unknown')];
}

const readLinks = (context: ExecuteContext): LinkToVerify[] =>
  context.items().map(({ json }, index) => {
    const field = itemFields(json, index);
    const [fromUrl, toUrl] = [field.need('fromUrl', 'source'), field.need('toUrl', 'target')];
    for (const url of [fromUrl, toUrl])
      if (!/^https?:\/\/[^\s/]/i.test(url))
        throw new InputError(
          `Item ${index}: "${url}" is no address of a page`,
          'Give whole addresses, such as https://example.com/page',
        );
    return { fromUrl, toUrl };
  });

async function broken(context: ExecuteContext, given: Given, visitor: Visitor): Promise<Item[][]> {
  const gone = openGoneMemory(context.tables, context.now());
  const pages = context
    .items()
    .map(({ json }, index) => itemFields(json, index).need(given.pageField ?? 'url'));
  const found = await sideBySide(pages, hostOf, (page) =>
    findBroken(page, { visitor, gone, most: given.most }),
  );
  const unknown = found.flatMap(({ problem }, item): Item[] =>
    problem === null
      ? []
      : [{ json: { page: pages[item], explain: problem }, pairedItem: { item } }],
  );
  const links = found.flatMap((search, item) =>
    search.broken.map((link): Item => ({ json: { ...link }, pairedItem: { item } })),
  );
  return [links, [], unknown];
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? url;

/** Works through what is of one host in order, and through a few hosts side by side. */
async function sideBySide<Each, Result>(
  list: readonly Each[],
  keyOf: (each: Each) => string,
  work: (each: Each) => Promise<Result>,
): Promise<Result[]> {
  const groups = [...Map.groupBy(list.entries(), ([, each]) => keyOf(each)).values()];
  const results: Result[] = [];
  const worker = async () => {
    for (let group = groups.shift(); group; group = groups.shift())
      for (const [index, each] of group) results[index] = await work(each);
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return results;
}

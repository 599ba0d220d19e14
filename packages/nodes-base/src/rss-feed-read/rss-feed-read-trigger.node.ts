import type { JsonObject } from '@millrace/workflow/items';
import { defineNode, type PollContext, type PollOutcome } from '@millrace/workflow/node-api';
import { pollRules, pollTimes } from '../poll-times/poll-times.ts';
import { readFeed } from './read-feed.ts';
import { FEED_ICON } from './rss-feed-read.node.ts';

/** Entries remembered beyond those the feed still shows, for feeds that drop one and bring it back. */
const REMEMBERED = 2000;

/** Starts the workflow for entries a feed did not have before. */
export const rssFeedReadTriggerNode = defineNode({
  name: 'n8n-nodes-base.rssFeedReadTrigger',
  label: 'RSS Feed Trigger',
  description: 'Starts the workflow when a feed has new entries',
  version: 1,
  group: ['trigger'],
  icon: FEED_ICON,
  inputs: [],
  extra: { polling: true },
  properties: [
    pollTimes,
    {
      displayName: 'Feed URL',
      name: 'feedUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'https://example.com/feed.xml',
    },
  ],
  pollRules,
  poll,
  async execute(context) {
    const entries = await readFeed(context, String(context.param('feedUrl', 0)), {
      signal: context.signal,
    });
    return [entries.slice(0, 1).map((json) => ({ json }))];
  },
});

/** The first look only learns what is there: a workflow is for what comes after it was published. */
async function poll(context: PollContext): Promise<PollOutcome> {
  const { cursor, signal } = context;
  const entries = await readFeed(context, String(context.param('feedUrl', 0)), { signal });
  const known = seenIn(cursor);
  const seen = new Set(known);
  const fresh = cursor === null ? [] : entries.filter((entry) => !seen.has(keyOf(entry)));
  const keys = new Set([...entries.map(keyOf), ...known]);
  return {
    outputs: [fresh.map((json) => ({ json }))],
    cursor: { seen: [...keys].slice(0, Math.max(REMEMBERED, entries.length)) },
  };
}

const seenIn = (cursor: JsonObject | null): readonly string[] => {
  const seen = cursor?.['seen'];
  return Array.isArray(seen) ? seen.map(String) : [];
};

/** What an entry is known by: the feed's own id, else its address, else its title. */
const keyOf = ({ guid, id, link, title }: JsonObject): string =>
  String(guid ?? id ?? link ?? title ?? '');

import type { JsonObject } from '@millrace/workflow/items';
import type { AtomFeed, JsonFeed, RdfFeed, RssFeed } from 'feedsmith';

/** The entries of a feed under the names n8n's users know, whichever of the four formats it has. */
export async function feedItems(text: string): Promise<readonly JsonObject[]> {
  const { parseFeed } = await import('feedsmith');
  const parsed = parseFeed(text);
  switch (parsed.format) {
    case 'rss':
      return (parsed.feed.items ?? []).map(rssItem);
    case 'atom':
      return (parsed.feed.entries ?? []).map(atomItem);
    case 'json':
      return (parsed.feed.items ?? []).map(jsonItem);
    case 'rdf':
      return (parsed.feed.items ?? []).map(rdfItem);
    default:
      return parsed satisfies never;
  }
}

const rssItem = (item: RssFeed.Item<string>): JsonObject => {
  const [enclosure] = item.enclosures ?? [];
  const html = item.content?.encoded;
  return entry({
    creator: item.dc?.creators?.[0] ?? written(item.authors?.[0]),
    title: item.title,
    link: item.link,
    pubDate: item.pubDate ?? item.dc?.dates?.[0],
    'content:encoded': html,
    content: item.description ?? html,
    guid: item.guid?.value,
    categories: item.categories?.map(({ name }) => name),
    enclosure,
  });
};

const atomItem = (item: AtomFeed.Entry<string>): JsonObject => {
  const link = item.links?.find(({ rel }) => rel === undefined || rel === 'alternate');
  return entry({
    author: item.authors?.[0]?.name,
    title: written(item.title),
    link: (link ?? item.links?.[0])?.href,
    pubDate: item.published ?? item.updated,
    content: written(item.content) ?? written(item.summary),
    summary: written(item.summary),
    id: item.id,
    categories: item.categories?.map(({ term }) => term),
  });
};

const jsonItem = (item: JsonFeed.Item<string>): JsonObject =>
  entry({
    author: item.authors?.[0]?.name,
    title: item.title,
    link: item.url,
    pubDate: item.date_published ?? item.date_modified,
    content: item.content_html ?? item.content_text,
    summary: item.summary,
    guid: item.id,
    categories: item.tags,
  });

const rdfItem = (item: RdfFeed.Item<string>): JsonObject =>
  entry({
    creator: item.dc?.creators?.[0],
    title: item.title,
    link: item.link,
    pubDate: item.dc?.dates?.[0],
    content: item.content?.encoded ?? item.description,
    guid: item.rdf?.about,
  });

/** What is there of an entry, with its date also in ISO and its content also without markup. */
function entry(fields: JsonObject): JsonObject {
  const { pubDate, content } = fields;
  const at = typeof pubDate === 'string' ? new Date(pubDate) : undefined;
  const isDate = at !== undefined && !Number.isNaN(at.getTime());
  const all = {
    ...fields,
    contentSnippet: typeof content === 'string' ? withoutMarkup(content) : undefined,
    isoDate: isDate ? at.toISOString() : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const withoutMarkup = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

/** Texts are plain in some formats and objects with a value or name in others. */
function written(text: unknown): string | undefined {
  if (typeof text === 'string') return text;
  if (typeof text !== 'object' || text === null) return undefined;
  const { value, name }: JsonObject = Object.fromEntries(Object.entries(text));
  return typeof value === 'string' ? value : typeof name === 'string' ? name : undefined;
}

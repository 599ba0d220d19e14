import { NodeError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { BaseContext } from '@millrace/workflow/node-api';
import { feedItems } from './feed-items.ts';

const MAX_BYTES = 20 * 1024 * 1024;
const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/**
 * The entries of the feed at an address.
 *
 * @throws {NodeError} when the address answers with an error or with something that is no feed.
 */
export async function readFeed(
  { http, node }: Pick<BaseContext, 'http' | 'node'>,
  url: string,
  options: { readonly allowsAnyCertificate?: boolean; readonly signal?: AbortSignal } = {},
): Promise<readonly JsonObject[]> {
  const about = { node: node.name };
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new NodeError(`"${url}" is no address of a feed`, about, {
      fix: 'Give a whole address, such as https://example.com/feed.xml',
    });
  }
  const response = await http.request({
    method: 'GET',
    url,
    headers: { accept: ACCEPT },
    maxResponseBytes: MAX_BYTES,
    ...(options.allowsAnyCertificate && { allowUnauthorizedCerts: true }),
    ...(options.signal && { signal: options.signal }),
  });
  if (response.status >= 400) {
    throw new NodeError(
      `"${url}" answered ${response.status} ${response.statusText}`.trim(),
      about,
      {
        fix: 'Check that the address is right and open to everybody',
      },
    );
  }
  try {
    return await feedItems(Buffer.from(response.body).toString('utf8'));
  } catch (cause) {
    throw new NodeError(`What "${url}" answered is no feed`, about, {
      fix: 'Give the address of an RSS, Atom or JSON feed, not of a page',
      cause,
    });
  }
}

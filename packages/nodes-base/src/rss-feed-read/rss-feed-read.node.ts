import { defineNode, p } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { readFeed } from './read-feed.ts';

export const FEED_ICON = icon('M5 11a8 8 0 0 1 8 8', 'M5 5a14 14 0 0 1 14 14', 'M6 18h.01');

/** Reads the entries of a feed. */
export const rssFeedReadNode = defineNode({
  name: 'n8n-nodes-base.rssFeedRead',
  label: 'RSS Read',
  description: 'Reads the entries of an RSS, Atom or JSON feed',
  version: [1, 1.1, 1.2],
  defaultVersion: 1.2,
  group: ['data'],
  icon: FEED_ICON,
  crashPolicy: 'again',
  params: {
    url: p.string({ label: 'URL', required: true, placeholder: 'https://example.com/feed.xml' }),
    options: p.collection({
      label: 'Options',
      fields: { ignoreSSL: p.boolean({ label: 'Accept any certificate', default: false }) },
    }),
  },
  run: async ({ params: { url, options }, context, signal }) =>
    readFeed(context, url, { signal, allowsAnyCertificate: options.ignoreSSL === true }),
});

import { defineNode, p, type WebhookResponse } from '@millrace/workflow/node-api';
import { outreachSenderIcon } from '../outreach-sender/outreach-sender.icon.ts';
import { outreachThreads } from '../tables/outreach.ts';
import { suppress } from './suppress.ts';

/**
 * The public page behind the links of "Outreach Sender". A GET only asks: programs that look at the
 * links of a mail must not unsubscribe anybody. The POST does it, from the page's button or from the
 * mail program itself (RFC 8058).
 */
export default defineNode({
  name: 'millrace-nodes-marketing.outreachUnsubscribe',
  label: 'Outreach Unsubscribe',
  description:
    'Takes contacts off all outreach when they click unsubscribe, and starts the workflow',
  version: 1,
  group: ['trigger'],
  icon: outreachSenderIcon,
  inputs: [],
  codex: { categories: ['Marketing', 'Outreach'], alias: ['opt out', 'suppression', 'list'] },
  params: {
    path: p.string({ label: 'Path', default: 'unsubscribe', required: true, fixed: true }),
  },
  webhooks: [
    { name: 'ask', httpMethod: 'GET', path: '={{ $parameter["path"] }}', isFullPath: true },
    { name: 'default', httpMethod: 'POST', path: '={{ $parameter["path"] }}', isFullPath: true },
  ],
  execute: (context) => [context.items()],
  async webhook({ request, tables }) {
    const token = String(request.query['token'] ?? '');
    const thread =
      /^[0-9a-f]{24}$/.test(token) && (await tables.open(outreachThreads).findOne({ token }));
    if (!thread) return { response: page(404, 'This link is not known here.') };
    if (request.method === 'GET') return { response: page(200, 'No more mail from us?', BUTTON) };
    const { email, campaign, id: threadId } = thread;
    await tables.transaction((inside) => suppress(inside, email, 'unsubscribed'));
    return {
      outputs: [[{ json: { email, campaign, threadId } }]],
      response: page(200, 'Done. You will not hear from us again.'),
    };
  },
});

const BUTTON = '<form method="post"><button>Unsubscribe</button></form>';

const page = (status: number, sentence: string, more = ''): WebhookResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Unsubscribe</title><p>${sentence}</p>${more}</html>`,
});

import { openFakeImap, openFakeSmtp } from '../mail/index.ts';
import type { Json, Shop } from './shop.ts';

const FROM = 'Ann <ann@shop.example>';

/** Mail servers of this machine, and the workflows that use them. */
export interface Mailboxes {
  readonly smtp: Awaited<ReturnType<typeof openFakeSmtp>>;
  readonly imap: Awaited<ReturnType<typeof openFakeImap>>;
  /** Sends what is due, so often that nothing more is. */
  sendDue(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects the shop to mail as its owner would: two credentials, the template that sends the outreach
 * queue, the published template that reads the answers, and a page to unsubscribe.
 */
export async function connectMail(shop: Shop): Promise<Mailboxes> {
  const smtp = await openFakeSmtp();
  const imap = await openFakeImap();
  const credentials = {
    smtp: await account(shop, 'smtp', smtp.port),
    imap: await account(shop, 'imap', imap.port),
  };
  const page = await shop.call('POST', '/workflows', UNSUBSCRIBE);
  await publish(shop, String(page['id']));
  const answers = await draftOf(shop, 'outreach-answers', { credentials });
  await publish(shop, answers);
  const unsubscribeUrl = `${shop.url}/webhook/unsubscribe`;
  const queue = await draftOf(shop, 'outreach-queue', {
    credentials,
    sender: { from: FROM, unsubscribeUrl },
  });

  return {
    smtp,
    imap,
    async sendDue() {
      for (let before = -1; before !== smtp.mails.length;) {
        before = smtp.mails.length;
        await shop.execute(queue);
      }
    },
    async close() {
      await smtp.close();
      await imap.close();
    },
  };
}

const UNSUBSCRIBE = {
  name: 'Unsubscribe',
  nodes: [
    {
      id: 'page',
      name: 'Unsubscribe',
      type: 'millrace-nodes-marketing.outreachUnsubscribe',
      typeVersion: 1,
      position: [0, 0],
      parameters: { path: 'unsubscribe' },
    },
  ],
  connections: {},
  settings: { executionOrder: 'v1' },
};

async function account(shop: Shop, type: string, port: number) {
  const data = { host: '127.0.0.1', port, user: 'me', password: 'secret', secure: false };
  const { id } = await shop.call('POST', '/credentials', { name: type, type, data });
  return { id: String(id), name: type };
}

interface Choices {
  readonly credentials: Json;
  /** Parameters of the Outreach Sender. */
  readonly sender?: Json;
}

/** The owner's copy of a template, with the mailboxes chosen. */
async function draftOf(shop: Shop, id: string, { credentials, sender = {} }: Choices) {
  const draft = await shop.call('POST', `/templates/${id}/use`, {});
  const nodes: unknown = draft['nodes'];
  if (!Array.isArray(nodes)) throw new Error(`The template "${id}" has no nodes`);
  await shop.call('PUT', `/workflows/${String(draft['id'])}`, {
    ...draft,
    nodes: nodes.map((node: Json & { readonly parameters?: object }) => ({
      ...node,
      ...('credentials' in node && { credentials }),
      ...(String(node['type']).endsWith('.outreachSender') && {
        parameters: { ...node.parameters, ...sender },
      }),
    })),
  });
  return String(draft['id']);
}

const publish = (shop: Shop, id: string) => shop.call('POST', `/workflows/${id}/publish`);

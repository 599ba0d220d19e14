import { createMemoryStorage } from '@millrace/server/packages';
import type { Item, JsonObject } from '@millrace/workflow/items';
import { createRegistry, type ExecuteContext } from '@millrace/workflow/node-api';
import { nodesMarketing } from 'millrace-nodes-marketing';
import { openFakeSmtp } from '../mail/index.ts';
import { openFakeMailServices } from './fake-mail-services.ts';
import { mappedHttp, runMarketingNode } from './run-node.ts';

/** The Outreach Sender with mail services of its own; `reset` empties them and the tables. */
export async function openOutreachBench(start: number) {
  const smtp = await openFakeSmtp();
  const services = await openFakeMailServices();
  const http = mappedHttp({ 'gmail.googleapis.com': services.url, 'api.resend.com': services.url });
  const node = createRegistry(nodesMarketing.nodes).require(
    'millrace-nodes-marketing.outreachSender',
  );
  const state = { now: start, storage: createMemoryStorage([nodesMarketing]) };
  const account = { user: 'me', password: 'secret', host: 'mail.example.com', port: 465 };

  return {
    smtp,
    services,
    state,
    account,
    tables: () => state.storage.tables,
    run: (
      parameters: JsonObject = {},
      context: Partial<ExecuteContext> = {},
      items: readonly Item[] = [{ json: {} }],
    ) =>
      runMarketingNode({
        node,
        items,
        parameters: { from: 'Ann <ann@our.example>', ...parameters },
        context: {
          tables: state.storage.tables,
          hosts: {
            locate: async () => ({ address: '127.0.0.1', port: smtp.port, isStandIn: true }),
          },
          http,
          credential: async () => account,
          now: () => state.now,
          ...context,
        },
      }),
    /** A header of a mail the SMTP server got, unfolded. */
    header: (name: string, index = 0) =>
      new RegExp(`^${name}:(.*(?:\r\n[ \t].*)*)$`, 'mi')
        .exec(smtp.mails[index]?.source ?? '')?.[1]
        ?.replaceAll(/\r\n[ \t]/g, ' ')
        .trim(),
    async reset() {
      await state.storage.close();
      state.storage = createMemoryStorage([nodesMarketing]);
      state.now = start;
      smtp.mails.splice(0);
      services.gmail.splice(0);
      services.resend.splice(0);
    },
    async close() {
      await state.storage.close();
      await smtp.close();
      await services.close();
      await http.close();
    },
  };
}

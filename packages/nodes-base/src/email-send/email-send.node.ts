import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { forEachItem, optionsOf } from '../items/for-each-item.ts';
import { emailSendProperties } from './email-send.properties.ts';
import { MailError } from './mail.error.ts';
import { messageOf } from './message.ts';
import { openSmtp } from './smtp-transport.ts';

/** Sends one mail per item through an SMTP server. */
export const emailSendNode = defineNode({
  name: 'n8n-nodes-base.emailSend',
  label: 'Send Email',
  description: 'Sends an email through an SMTP server',
  version: [1, 2, 2.1],
  defaultVersion: 2.1,
  group: ['output'],
  icon: icon('M3 6h18v12H3z', 'M3 7l9 7 9-7'),
  crashPolicy: 'ask',
  credentials: [{ name: 'smtp', required: true }],
  properties: emailSendProperties,
  async execute(context) {
    const outbox = createOutbox(context);
    try {
      return await forEachItem(context, (_item, index) => outbox.send(index));
    } finally {
      await outbox.close();
    }
  },
});

/** Sends over one connection for all items of a run (two, when they differ in what certificates they accept). */
function createOutbox(context: ExecuteContext) {
  const open = new Map<boolean, ReturnType<typeof connect>>();

  async function connect(allowsAnyCertificate: boolean) {
    const data = await context.credential('smtp');
    const transport = await openSmtp(data, context.hosts, { allowsAnyCertificate });
    return { transport, host: String(data['host']) };
  }

  return {
    async send(index: number) {
      const message = await messageOf(context, index);
      const isLax = optionsOf(context, index)['allowUnauthorizedCerts'] === true;
      const connection = open.get(isLax) ?? connect(isLax);
      open.set(isLax, connection);
      const { transport, host } = await connection;
      try {
        const { accepted, rejected, envelope, messageId, response } =
          await transport.sendMail(message);
        return { json: { accepted, rejected, envelope, messageId, response } };
      } catch (error) {
        throw new MailError(host, error);
      }
    },

    async close() {
      for (const connection of await Promise.allSettled(open.values()))
        if (connection.status === 'fulfilled') connection.value.transport.close();
    },
  };
}

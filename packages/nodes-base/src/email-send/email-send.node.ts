import type { ExecuteContext } from '@millrace/workflow/node-api';
import { defineNode } from '@millrace/workflow/node-api';
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
  icon: icon('#dc2626', 'M3 6h18v12H3z', 'M3 7l9 7 9-7'),
  crashPolicy: 'ask',
  credentials: [{ name: 'smtp', required: true }],
  properties: emailSendProperties,
  execute: (context) => forEachItem(context, (_item, index) => sendOne(context, index)),
});

async function sendOne(context: ExecuteContext, index: number) {
  const { allowUnauthorizedCerts: allowsAnyCertificate } = optionsOf(context, index);
  const message = await messageOf(context, index);
  const data = await context.credential('smtp', index);
  const transport = await openSmtp(data, context.hosts, {
    allowsAnyCertificate: allowsAnyCertificate === true,
  });
  try {
    const { accepted, rejected, envelope, messageId, response } = await transport.sendMail(message);
    return { json: { accepted, rejected, envelope, messageId, response } };
  } catch (error) {
    throw new MailError(String(data['host']), error);
  } finally {
    transport.close();
  }
}

import { describeParams, p, type CredentialType } from '@millrace/workflow/node-api';
import { openImap } from '../email-read-imap/imap-client.ts';
import { MailError } from '../email-send/mail.error.ts';
import { openSmtp } from '../email-send/smtp-transport.ts';

const account = {
  user: p.string({ label: 'User', placeholder: 'name@example.com' }),
  password: p.string({ label: 'Password', password: true }),
  host: p.string({ label: 'Host', required: true }),
};

/** Mailboxes; names and fields are n8n's. */
export const mailTypes: readonly CredentialType[] = [
  {
    name: 'smtp',
    displayName: 'SMTP',
    properties: describeParams({
      ...account,
      port: p.number({ label: 'Port', default: 465 }),
      secure: p.boolean({ label: 'SSL/TLS', default: true }),
      disableStartTls: p.boolean({
        label: 'Disable STARTTLS',
        default: false,
        when: { secure: [false] },
      }),
      hostName: p.string({ label: 'Client host name' }),
    }),
    async check(data, { hosts }) {
      const transport = await openSmtp(data, hosts);
      try {
        await transport.verify();
      } catch (error) {
        throw new MailError(String(data['host']), error);
      } finally {
        transport.close();
      }
    },
  },
  {
    name: 'imap',
    displayName: 'IMAP',
    properties: describeParams({
      ...account,
      port: p.number({ label: 'Port', default: 993 }),
      secure: p.boolean({ label: 'SSL/TLS', default: true }),
      allowUnauthorizedCerts: p.boolean({ label: 'Accept any certificate', default: false }),
    }),
    async check(data, { hosts }) {
      const client = await openImap(data, hosts);
      await client.logout();
    },
  },
];

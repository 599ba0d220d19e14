import { createHash } from 'node:crypto';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { SendMailOptions } from 'nodemailer';
import { bytesOf, inputFile } from '../files/input-file.ts';
import { optionsOf } from '../items/for-each-item.ts';

/** The mail of one item, in the terms of the SMTP library. */
export async function messageOf(context: ExecuteContext, index: number): Promise<SendMailOptions> {
  const text = (name: string) => String(context.param(name, index, { fallback: '' }) ?? '');
  const isFirst = context.node.typeVersion < 2;
  const options = optionsOf(context, index);
  // Version 1 has these beside the others, version 2 among the options.
  const optional = (name: string) => (isFirst ? text(name) : String(options[name] ?? ''));
  const format = isFirst ? 'both' : text('emailFormat') || 'html';
  const from = text('fromEmail');
  const key = `${context.idempotencyKey}:${index}`;
  return {
    from,
    to: text('toEmail'),
    ...given('cc', optional('ccEmail')),
    ...given('bcc', optional('bccEmail')),
    ...given('replyTo', String(options['replyTo'] ?? '')),
    subject: text('subject'),
    ...(format !== 'html' && given('text', text('text'))),
    ...(format !== 'text' && given('html', text('html'))),
    ...given('inReplyTo', String(options['inReplyTo'] ?? '')),
    ...given('references', String(options['references'] ?? '')),
    headers: customHeaders(options),
    messageId: messageId(key, from),
    attachments: await attachmentsOf(context, optional('attachments'), index),
  };
}

const given = (name: string, value: string) => (value === '' ? {} : { [name]: value });

/** The same for every attempt of a run: who gets a mail twice after a crash can tell. */
function messageId(key: string, from: string): string {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'millrace.invalid';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

function customHeaders({ headers }: JsonObject): { key: string; value: string }[] {
  const rows =
    typeof headers === 'object' && headers !== null && 'values' in headers ? headers.values : [];
  return (Array.isArray(rows) ? rows : [])
    .map(({ name, value }: { name?: unknown; value?: unknown }) => ({
      key: String(name ?? ''),
      value: String(value ?? ''),
    }))
    .filter(({ key }) => key !== '');
}

async function attachmentsOf(context: ExecuteContext, fields: string, index: number) {
  const names = fields
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return Promise.all(
    names.map(async (name) => {
      const file = inputFile(context, name, index);
      return {
        filename: file.fileName ?? name,
        contentType: file.mimeType,
        content: Buffer.from(await bytesOf(context, file)),
        cid: name,
      };
    }),
  );
}

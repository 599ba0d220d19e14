import { Readable } from 'node:stream';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import type { FastifyReply } from 'fastify';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a node's answer: text, bytes and streams as they are, anything else as JSON. */
export function sendAnswer(reply: FastifyReply, { status, headers, body }: WebhookResponse) {
  reply.code(status);
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  const type = reply.getHeader('content-type');
  if (body === undefined) return reply.type(String(type ?? JSON_TYPE)).send('');
  if (body instanceof Readable)
    return reply.type(String(type ?? 'application/octet-stream')).send(body);
  if (body instanceof Uint8Array)
    return reply.type(String(type ?? 'application/octet-stream')).send(Buffer.from(body));
  if (typeof body === 'string')
    return reply.type(withCharset(String(type ?? 'text/html'))).send(body);
  return reply.type(withCharset(String(type ?? JSON_TYPE))).send(JSON.stringify(body));
}

const withCharset = (type: string) =>
  /^(text\/|application\/json)/.test(type) && !/charset=/i.test(type)
    ? `${type}; charset=utf-8`
    : type;

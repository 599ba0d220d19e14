import type { WebhookRequest } from '@millrace/workflow/node-api';
import type { FastifyRequest } from 'fastify';
import type { Runtime } from '../../runtime/index.ts';
import { readBody } from './body.ts';
import { formFields } from './form-fields.ts';

/** A request as nodes see it. */
export async function toWebhookRequest(
  request: FastifyRequest,
  { params, runtime }: { params: Readonly<Record<string, string>>; runtime: Runtime },
): Promise<WebhookRequest> {
  const { raw, parsed, files } = await readBody(request, runtime.binary);
  const headers: Record<string, string> = {};
  for (const name of Object.keys(request.headers)) {
    const value = request.headers[name];
    headers[name] = typeof value === 'string' ? value : (value?.join(', ') ?? '');
  }
  const { url } = request;
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? '' : url.slice(mark + 1);
  return {
    method: request.method,
    url: `${runtime.options.config.publicUrl}${path}`,
    headers,
    params,
    query: query === '' ? {} : formFields(new URLSearchParams(query)),
    body: parsed,
    rawBody: raw,
    files,
    ip: request.ip,
  };
}

import type { JsonObject } from '@millrace/workflow/items';
import type { WebhookContext, WebhookRequest } from '@millrace/workflow/node-api';
import { getField } from '../fields/field-path.ts';
import { fakeFiles } from './fake-files.ts';

interface FakeCall {
  readonly parameters?: JsonObject;
  readonly request?: Partial<WebhookRequest>;
  readonly credential?: JsonObject;
  readonly evaluate?: WebhookContext['evaluate'];
}

const emptyCall: WebhookRequest = {
  method: 'GET',
  url: 'http://host/webhook/a',
  headers: {},
  params: {},
  query: {},
  body: undefined,
  rawBody: new Uint8Array(),
  files: [],
  ip: '127.0.0.1',
};

/** What a webhook hook is given, with literal parameters: enough for a node's own tests. */
export function fakeWebhook({
  parameters = {},
  request = {},
  credential = {},
  evaluate,
}: FakeCall): WebhookContext {
  const fake: Partial<WebhookContext> = {
    mode: 'webhook',
    now: () => Date.UTC(2026, 0, 1),
    request: { ...emptyCall, ...request },
    credential: async () => credential,
    binary: fakeFiles,
    param: <T>(path: string, _item: number, options: { fallback?: unknown } = {}) =>
      // The caller names the type, as with the engine's own `param`.
      (getField(parameters, path) ?? options.fallback) as T,
    ...(evaluate && { evaluate }),
  };
  // A node's own test needs no more than what it uses; a missing member fails loudly.
  return fake as WebhookContext;
}

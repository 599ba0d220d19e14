import type { HttpRequest, StreamedBody } from '@millrace/workflow/ports';
import { formText } from './query.ts';
import { withQuery, type ArrayFormat } from './query.ts';
import { encodeMultipart, type Part } from './multipart.ts';

export type DraftBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'multipart'; readonly parts: readonly Part[] }
  | {
      readonly kind: 'bytes';
      readonly bytes: string | Uint8Array | StreamedBody;
      readonly contentType: string;
    };

/** A request that pagination and credentials may still change. */
export interface RequestDraft {
  method: string;
  url: string;
  query: Record<string, unknown>;
  arrayFormat: ArrayFormat;
  headers: Record<string, string>;
  body: DraftBody;
  /** `safe`: only what GET and HEAD are answered with. */
  redirects: { readonly which: 'all' | 'none' | 'safe'; readonly max: number };
  timeoutMs: number;
  allowUnauthorizedCerts: boolean;
  /** Type of the credential that signs it, joined where requests leave. */
  authentication: string | undefined;
}

/** The request as the port wants it. */
export function toRequest(draft: RequestDraft): HttpRequest {
  const { method, timeoutMs, allowUnauthorizedCerts, redirects, authentication } = draft;
  const payload = payloadOf(draft.body);
  const isSafe = method === 'GET' || method === 'HEAD';
  const follows = redirects.which === 'all' || (redirects.which === 'safe' && isSafe);
  const headers = { ...draft.headers };
  if (
    payload?.contentType &&
    !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  ) {
    headers['content-type'] = payload.contentType;
  }
  return {
    method,
    url: withQuery(draft.url, draft.query, draft.arrayFormat),
    headers,
    timeoutMs,
    maxRedirects: follows ? redirects.max : 0,
    ...(allowUnauthorizedCerts && { allowUnauthorizedCerts }),
    ...(payload && { body: payload.bytes }),
    ...(authentication !== undefined && { authentication }),
  };
}

function payloadOf(
  body: DraftBody,
): { bytes: string | Uint8Array | StreamedBody; contentType: string } | undefined {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      return { bytes: JSON.stringify(body.value), contentType: 'application/json' };
    case 'form':
      return { bytes: formText(body.fields), contentType: 'application/x-www-form-urlencoded' };
    case 'multipart':
      return encodeMultipart(body.parts);
    case 'bytes':
      return body;
    default:
      return body satisfies never;
  }
}

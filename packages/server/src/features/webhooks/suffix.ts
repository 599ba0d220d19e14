import type { CallServices, Door } from './calls.ts';
import { webhookContext } from './webhook-context.ts';

const NO_REQUEST = {
  method: 'GET',
  url: '',
  headers: {},
  params: {},
  query: {},
  body: undefined,
  rawBody: new Uint8Array(),
  files: [],
  ip: '',
};

/** The part of a pause's address after the execution's id, as its node wants it; without slashes at its ends. */
export function suffixOf(door: Omit<Door, 'way'>, services: CallServices): string {
  const context = webhookContext(door, { ...services, request: NO_REQUEST });
  return trimSlashes(String(context.param('options.webhookSuffix', 0, { fallback: '' }) ?? ''));
}

export const trimSlashes = (path: string): string => path.replace(/^\/+|\/+$/g, '');

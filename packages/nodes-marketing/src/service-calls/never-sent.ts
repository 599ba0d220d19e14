import { isMillraceError } from '@millrace/workflow/errors';

const BEFORE_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_ADDRESS_REFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Whether a request that failed certainly did not reach the service: the credential was not usable,
 * or nobody was connected to. After anything else the service may have done what it was asked to.
 */
export function wasNeverSent(error: unknown): boolean {
  if (!isMillraceError(error)) return false;
  if (error.code.startsWith('CRED_')) return true;
  const details: Readonly<Record<string, unknown>> = { ...error.details };
  return BEFORE_CONNECTED.has(String(details['reason']));
}

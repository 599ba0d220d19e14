import type { Role } from '@millrace/api';

/** Who asks. */
export interface Caller {
  readonly userId: string;
  readonly role: Role;
  readonly via: 'session' | 'api-key' | 'system';
  /** What an API key is limited to; absent means all its user may. */
  readonly scopes?: readonly string[];
  /** The key it came with. */
  readonly keyId?: string;
}

/** The instance itself: the command line and the first start. */
export const SYSTEM: Caller = { userId: 'system', role: 'owner', via: 'system' };

/** Resources only owners and admins may change. */
const ADMIN_RESOURCES = new Set(['user', 'variable', 'audit', 'package', 'setting', 'worker']);
/** Those of them that everybody may read. */
const OPEN_RESOURCES = new Set(['user', 'variable', 'package']);
const READS = new Set(['list', 'read']);

/** Whether a caller has a scope such as `workflow:read`. Which workflow is the service's question. */
export function hasScope(caller: Caller, scope: string): boolean {
  const [resource = '', act = ''] = scope.split(':');
  const { scopes } = caller;
  if (scopes && !scopes.includes(scope) && !scopes.includes(`${resource}:*`)) return false;
  if (caller.role !== 'member') return true;
  return !ADMIN_RESOURCES.has(resource) || (OPEN_RESOURCES.has(resource) && READS.has(act));
}

/** Scopes the core's routes ask for that a caller has, for an editor to show only what works. */
export const scopesOf = (caller: Caller, known: Iterable<string>): string[] =>
  [...new Set(known)].filter((scope) => hasScope(caller, scope)).toSorted();

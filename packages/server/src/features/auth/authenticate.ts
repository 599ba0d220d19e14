import '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { RateLimitedError, type Caller, type RequestRate } from '../../platform/index.ts';
import type { ApiKeyService } from '../api-keys/index.ts';
import type { SessionService } from './sessions.service.ts';

export const SESSION_COOKIE = 'millrace_session';

/** Finds out who sent a request: `Authorization: Bearer KEY` first, else the session cookie. */
export function createAuthenticate(services: {
  readonly sessions: SessionService;
  readonly apiKeys: ApiKeyService;
  /** How often one API key may be used. */
  readonly keyRate: RequestRate;
}): (request: FastifyRequest) => Promise<Caller | null> {
  return async (request) => {
    const [, key] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (key) {
      const caller = await services.apiKeys.callerOf(key);
      const waitSeconds = caller?.keyId === undefined ? 0 : services.keyRate.take(caller.keyId);
      if (waitSeconds > 0) throw new RateLimitedError(waitSeconds);
      return caller;
    }

    const token = request.cookies[SESSION_COOKIE];
    const user = token ? await services.sessions.userOf(token) : null;
    return user && { userId: user.id, role: user.role, via: 'session' };
  };
}

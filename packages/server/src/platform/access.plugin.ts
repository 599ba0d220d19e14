import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Access } from '@millrace/api';
import { AccessDeniedError, UnauthenticatedError } from './access.error.ts';
import { hasScope, type Caller } from './caller.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Scope a caller needs. A route without one does not start: see {@link accessPlugin}. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Who asks; null on public routes nobody signed in for. */
    caller: Caller | null;
  }
}

export interface AccessOptions {
  /** Who sent this, by cookie or key; null when by nobody known. */
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>;
}

/** Refuses to boot with a route that says nothing about who may call it, and holds the others to it. */
export const accessPlugin = fp<AccessOptions>(
  async (app, { authenticate }) => {
    app.decorateRequest('caller', null);

    app.addHook('onRoute', ({ method, url, config }) => {
      if (!config?.access) throw new Error(`Route ${method} ${url} declares no \`config.access\``);
    });

    // With a callback: webhooks, which are public, then go on without a promise each.
    app.addHook('onRequest', (request, _reply, done) => {
      const { access } = request.routeOptions.config;
      if (!access || access === 'public') return done();
      admit(request, access).then(() => done(), done);
    });

    async function admit(request: FastifyRequest, access: Access): Promise<void> {
      const caller = await authenticate(request);
      if (!caller) throw new UnauthenticatedError();
      if (caller.via === 'session') refuseForeignOrigin(request, access);
      if (!hasScope(caller, access)) throw new AccessDeniedError(access);
      request.caller = caller;
    }
  },
  { name: 'access', fastify: '5.x' },
);

/** The caller of a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new UnauthenticatedError();
  return request.caller;
}

/** A cookie travels with requests other sites make: only our own pages may change things with it. */
function refuseForeignOrigin(request: FastifyRequest, access: Access): void {
  const isUpgrade = request.headers.upgrade !== undefined;
  if (!isUpgrade && (request.method === 'GET' || request.method === 'HEAD')) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign =
    (origin !== undefined && URL.parse(origin)?.host !== request.host) || site === 'cross-site';
  if (isForeign) throw new AccessDeniedError(access);
}

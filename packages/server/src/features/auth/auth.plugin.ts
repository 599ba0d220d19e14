import {
  changePassword,
  createOwner,
  getSession,
  getSetup,
  signIn,
  signOut,
  type Session,
} from '@millrace/api';
import type { FastifyReply } from 'fastify';
import { callerOf, on, scopesOf, type Caller, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { ProjectService } from '../projects/index.ts';
import type { UserService } from '../users/index.ts';
import { SESSION_COOKIE } from './authenticate.ts';
import type { AuthService } from './auth.service.ts';
import { SESSION_MS, type SessionService } from './sessions.service.ts';

interface AuthPluginServices {
  readonly auth: AuthService;
  readonly sessions: SessionService;
  readonly users: UserService;
  readonly projects: ProjectService;
  readonly audit: AuditService;
  readonly version: string;
  /** Cookies travel over TLS only. */
  readonly isSecure: boolean;
  /** All scopes routes ask for, known once every route stands. */
  readonly knownScopes: ReadonlySet<string>;
}

/** Tries per minute and address, on routes that take a password. */
const passwordLimit = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** The owner's set-up, signing in and out. */
export const authPlugin: Feature<AuthPluginServices> = async (app, services) => {
  const { auth, sessions, audit, version, isSecure } = services;

  const setCookie = (reply: FastifyReply, token: string) =>
    reply.setCookie(SESSION_COOKIE, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure,
      maxAge: SESSION_MS / 1000,
    });

  const begin = async (reply: FastifyReply, caller: Caller) => {
    setCookie(reply, await sessions.start(caller.userId));
    return sessionOf(caller);
  };

  const sessionOf = async (caller: Caller): Promise<Session> => ({
    user: await services.users.get(caller.userId),
    scopes: scopesOf(caller, services.knownScopes),
    personalProjectId: await services.projects.personalIdOf(caller),
  });

  app.route({
    ...on(getSetup),
    handler: async () => ({ needsOwner: await auth.needsOwner(), version }),
  });

  app.route({
    ...on(createOwner),
    config: { ...on(createOwner).config, ...passwordLimit },
    handler: async ({ body }, reply) => {
      const { id: userId, role } = await auth.createOwner(body);
      const caller: Caller = { userId, role, via: 'session' };
      await audit.record(caller, 'owner.create', userId);
      return reply.code(201).send(await begin(reply, caller));
    },
  });

  app.route({
    ...on(signIn),
    config: { ...on(signIn).config, ...passwordLimit },
    handler: async ({ body }, reply) => {
      const { id: userId, role } = await auth.checkPassword(body.email, body.password);
      const caller: Caller = { userId, role, via: 'session' };
      await audit.record(caller, 'session.create', userId);
      return begin(reply, caller);
    },
  });

  app.route({ ...on(getSession), handler: (request) => sessionOf(callerOf(request)) });

  app.route({
    ...on(signOut),
    handler: async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (token) await sessions.end(token);
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send(null);
    },
  });

  app.route({
    ...on(changePassword),
    config: { ...on(changePassword).config, ...passwordLimit },
    handler: async (request, reply) => {
      const caller = callerOf(request);
      await auth.changePassword(caller.userId, request.body.current, request.body.next);
      await sessions.endAll(caller.userId);
      await audit.record(caller, 'password.change', caller.userId);
      if (caller.via === 'session') setCookie(reply, await sessions.start(caller.userId));
      return reply.code(204).send(null);
    },
  });
};

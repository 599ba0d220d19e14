import { connectCredential, disconnectCredential } from '@millrace/api';
import { isMillraceError } from '@millrace/workflow/errors';
import { Type } from 'typebox';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { AuthorizationService } from './authorization.service.ts';

interface OAuth2PluginServices {
  readonly authorization: AuthorizationService;
  readonly audit: AuditService;
}

const text = Type.Optional(Type.String({ maxLength: 4096 }));
const Answer = Type.Object({ state: Type.String({ maxLength: 512 }), code: text, error: text });

/** Connecting OAuth2 credentials, and the address services send people back to. */
export const oauth2Plugin: Feature<OAuth2PluginServices> = async (
  app,
  { authorization, audit },
) => {
  app.route({
    ...on(connectCredential),
    handler: async (request) => ({
      url: await authorization.begin(callerOf(request), request.params.id),
    }),
  });

  app.route({
    ...on(disconnectCredential),
    handler: async (request, reply) => {
      await authorization.disconnect(callerOf(request), request.params.id);
      await audit.record(callerOf(request), 'credential.disconnect', request.params.id);
      return reply.code(204).send(null);
    },
  });

  // Public: the state proves who began, and the page holds nothing but one sentence.
  app.route({
    method: 'GET',
    url: '/oauth2/callback',
    config: { access: 'public' },
    schema: { querystring: Answer, hide: true },
    handler: async (request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
      try {
        const { userId, credentialId } = await authorization.finish(request.query);
        const by = { userId, role: 'member', via: 'session' } as const;
        await audit.record(by, 'credential.connect', credentialId);
        return page('Connected. You can close this window.');
      } catch (error) {
        if (!isMillraceError(error)) throw error;
        reply.code(400);
        return page(`Not connected: ${error.message}. ${error.fix ?? ''}`);
      }
    },
  });
};

const page = (sentence: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Millrace</title><p>${escaped(sentence)}</p></html>`;

const escaped = (value: string) =>
  value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

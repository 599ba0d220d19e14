import {
  createCredential,
  deleteCredential,
  getCredential,
  listCredentials,
  listCredentialTypes,
  testCredential,
  testCredentialDraft,
  updateCredential,
} from '@millrace/api';
import type { CredentialTypes } from '../../egress/index.ts';
import { callerOf, on, type Feature } from '../../platform/index.ts';
import type { AuditService } from '../audit/index.ts';
import type { CredentialTestService } from './credential-test.service.ts';
import type { CredentialService } from './credentials.service.ts';

interface CredentialPluginServices {
  readonly credentials: CredentialService;
  readonly credentialTypes: CredentialTypes;
  readonly credentialTests: CredentialTestService;
  readonly audit: AuditService;
}

/** Credentials: their secrets go in here and come out nowhere. */
export const credentialsPlugin: Feature<CredentialPluginServices> = async (
  app,
  { credentials, credentialTypes, credentialTests, audit },
) => {
  app.route({
    ...on(listCredentials),
    handler: (request) => credentials.list(callerOf(request), request.query),
  });

  app.route({
    ...on(createCredential),
    handler: async (request, reply) => {
      const credential = await credentials.create(callerOf(request), request.body);
      await audit.record(callerOf(request), 'credential.create', credential.id);
      return reply.code(201).send(credential);
    },
  });

  app.route({
    ...on(getCredential),
    handler: (request) => credentials.get(callerOf(request), request.params.id),
  });

  app.route({
    ...on(updateCredential),
    handler: async (request) => {
      const { id } = request.params;
      const credential = await credentials.update(callerOf(request), id, request.body);
      await audit.record(callerOf(request), 'credential.update', id);
      return credential;
    },
  });

  app.route({
    ...on(deleteCredential),
    handler: async (request, reply) => {
      await credentials.remove(callerOf(request), request.params.id);
      await audit.record(callerOf(request), 'credential.delete', request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    ...on(testCredential),
    handler: (request) => credentialTests.saved(callerOf(request), request.params.id),
  });

  app.route({
    ...on(testCredentialDraft),
    handler: (request) => credentialTests.draft(callerOf(request), request.body),
  });

  app.route({
    ...on(listCredentialTypes),
    handler: () => ({
      data: credentialTypes.list().map((type) => ({
        name: type.name,
        displayName: type.displayName,
        properties: [...type.properties],
        isOAuth2: credentialTypes.isOAuth2(type.name),
        canTest: type.test !== undefined || type.check !== undefined,
        hosts: [...(type.hosts ?? [])],
        ...(type.documentation !== undefined && { documentation: type.documentation }),
        ...(type.iconSvg !== undefined && { iconSvg: type.iconSvg }),
      })),
    }),
  });
};

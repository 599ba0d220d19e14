import { createHmac } from 'node:crypto';
import type { NodeLogger, NodePackage } from '@millrace/workflow/node-api';
import type { Config } from './config/index.ts';
import type { Database } from './db/index.ts';
import { createCredentialTypes, type Egress } from './egress/index.ts';
import {
  createCredentialSecrets,
  createCredentialService,
  createCredentialTestService,
  createVault,
  createWorkflowSecrets,
} from './features/credentials/index.ts';
import { createAuthorizationService, createTokenService } from './features/oauth2/index.ts';
import type { ProjectService } from './features/projects/index.ts';
import { createCredentialLimits, systemClock } from './runtime/index.ts';

interface CredentialServicesOptions {
  readonly config: Config;
  readonly db: Database;
  readonly projects: ProjectService;
  readonly instanceKey: Buffer;
  readonly packages: readonly NodePackage[];
  readonly egress: Egress;
  readonly logger: NodeLogger;
}

/** Everything around credentials: storing, connecting, testing and sending with them. */
export function createCredentialServices(options: CredentialServicesOptions) {
  const { config, db, projects, instanceKey, packages, egress, logger } = options;
  const vault = createVault(instanceKey);
  const types = createCredentialTypes(packages.flatMap((each) => each.credentials ?? []));
  const secrets = createCredentialSecrets({ db, vault });
  const tokens = createTokenService({ db, secrets, types, http: egress, clock: systemClock });
  const limits = createCredentialLimits(db, { clock: systemClock, logger });
  const sender = createWorkflowSecrets({ secrets, types, tokens, limits, egress });
  const credentials = createCredentialService({ db, projects, vault, secrets, types });

  return {
    credentials,
    credentialLimits: limits,
    credentialTypes: types,
    credentialSecrets: secrets,
    workflowSecrets: sender,
    credentialTests: createCredentialTestService({
      credentials,
      secrets,
      types,
      sender,
      hosts: egress,
    }),
    authorization: createAuthorizationService({
      db,
      credentials,
      secrets,
      types,
      http: egress,
      key: createHmac('sha256', instanceKey).update('oauth2 state').digest(),
      redirectUrl: `${config.publicUrl}/api/v1/oauth2/callback`,
    }),
  };
}

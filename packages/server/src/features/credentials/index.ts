export {
  createCredentialSecrets,
  type CredentialSecrets,
  type OpenedCredential,
} from './credential-secrets.service.ts';
export {
  createCredentialTestService,
  type CredentialTestService,
} from './credential-test.service.ts';
export { credentialsPlugin } from './credentials.plugin.ts';
export { createCredentialService, type CredentialService } from './credentials.service.ts';
export { createVault, rewrapKey, type Sealed, type Vault } from './vault.ts';
export {
  createWorkflowSecrets,
  type CredentialSender,
  type TokenSource,
} from './workflow-secrets.ts';

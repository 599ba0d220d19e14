export { credentialsPlugin } from './credentials.plugin.ts';
export { createCredentialService, type CredentialService } from './credentials.service.ts';
export { createVault, type Vault } from './vault.ts';

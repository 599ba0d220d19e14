export { createAuthorizationService, type AuthorizationService } from './authorization.service.ts';
export { oauth2Plugin } from './oauth2.plugin.ts';
export { createTokenService } from './tokens.service.ts';

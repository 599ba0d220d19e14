export { authPlugin } from './auth.plugin.ts';
export { createAuthenticate } from './authenticate.ts';
export { createAuthService, type AuthService } from './auth.service.ts';
export { hashPassword } from './password.ts';
export { createSessionService, type SessionService } from './sessions.service.ts';

export { type AuthState, useAuthStore } from './auth.store.ts';

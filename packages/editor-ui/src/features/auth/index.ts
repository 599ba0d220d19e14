export { minPasswordLength, passwordFault } from './account-rules.ts';
export { type AuthState, useAuthStore } from './auth.store.ts';
export { default as PasswordInput } from './PasswordInput.vue';

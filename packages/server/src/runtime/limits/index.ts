export { createLimitKeys, NO_KEY, type KeyColumns, type LimitKeys } from './limit-key.ts';
export {
  createCredentialLimits,
  storedLimit,
  type CredentialLimits,
  type CredentialUse,
  type CredentialWait,
} from './credential-limits.ts';
export { createLimits, type Limits } from './limits.ts';
export type { OwnLimits } from './limits-of.ts';

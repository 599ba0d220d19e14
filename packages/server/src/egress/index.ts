export { createAddressGuard, type AddressGuard } from './address-guard.ts';
export { createEgress, type Egress, type EgressLimits, type EgressOptions } from './egress.ts';
export { EgressError } from './egress.error.ts';
export { CredentialHostError, type JoinedCredential } from './joined-credential.ts';
export { fillIn } from './signing/credential-text.ts';
export { createCredentialTypes, type CredentialTypes } from './signing/credential-types.ts';
export { basicHeader, withHeaders, withQuery } from './signing/generic-authenticate.ts';
export { sendSigned } from './signing/send-signed.ts';

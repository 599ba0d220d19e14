export { createAddressGuard, type AddressGuard } from './address-guard.ts';
export { createEgress, type Egress, type EgressLimits, type EgressOptions } from './egress.ts';
export { EgressError } from './egress.error.ts';

import type { Role } from './role.ts';

/** Accepts calls of published workflows and answers them; workers run them. */
export const webhook: Role = { name: 'webhook', serves: 'webhooks', fires: false, seeds: false };

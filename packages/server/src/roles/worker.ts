import type { Role } from './role.ts';

/** Runs executions. */
export const worker: Role = { name: 'worker', serves: 'health', fires: false, seeds: false };

import type { Role } from './role.ts';

/** Everything; executions too, unless there is a queue for workers. */
export const main: Role = { name: 'main', serves: 'all', fires: true, seeds: true };

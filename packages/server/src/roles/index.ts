export { main } from './main.ts';
export type { Role } from './role.ts';
export { webhook } from './webhook.ts';
export { worker } from './worker.ts';

export { createListenerRows } from './listener-rows.ts';
export { createListeners, type Listeners } from './listeners.ts';

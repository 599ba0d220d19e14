export { acceptBodies } from './body.ts';
export type { CallServices, Door } from './calls.ts';
export { publishedDoors, testDoors, type Doors, type DoorServices } from './doors.ts';
export { createKeptCalls } from './kept-calls.ts';
export { createPauses, type PauseDoor, type Pauses } from './pauses.ts';
export { createRouteTable } from './route-table.ts';
export { replyForListeners, shareListeners } from './shared-listeners.ts';
export { sendAnswer } from './send-answer.ts';
export {
  createTestListeners,
  showListener,
  type TestListener,
  type TestListeners,
} from './test-listeners.ts';
export { trimSlashes } from './suffix.ts';
export { webhookContext } from './webhook-context.ts';
export { toWebhookRequest } from './webhook-request.ts';
export { createWebhookRoutes } from './webhook-routes.ts';
export { webhooksPlugin, type WebhookServices } from './webhooks.plugin.ts';

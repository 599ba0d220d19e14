export { createWebhookRoutes } from './webhook-routes.ts';
export { webhooksPlugin, type WebhookServices } from './webhooks.plugin.ts';

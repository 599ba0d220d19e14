export { retentionPlugin } from './retention.plugin.ts';
export { createRetentionService, type RetentionService } from './retention.service.ts';

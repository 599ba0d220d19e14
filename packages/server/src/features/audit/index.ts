export { auditPlugin } from './audit.plugin.ts';
export { createAuditService, type AuditService } from './audit.service.ts';

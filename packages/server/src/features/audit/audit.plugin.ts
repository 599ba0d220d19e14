import { listAudit } from '@millrace/api';
import { on, type Feature } from '../../platform/index.ts';
import type { AuditService } from './audit.service.ts';

/** Who did what, for owners and admins. */
export const auditPlugin: Feature<{ audit: AuditService }> = async (app, { audit }) => {
  app.route({ ...on(listAudit), handler: ({ query }) => audit.list(query) });
};

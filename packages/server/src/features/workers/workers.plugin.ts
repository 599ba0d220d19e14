import { listWorkers } from '@millrace/api';
import { on, type Feature } from '../../platform/index.ts';
import type { WorkerService } from './workers.service.ts';

/** Who runs what, for owners and admins. */
export const workersPlugin: Feature<{ workers: WorkerService }> = async (app, { workers }) => {
  app.route({ ...on(listWorkers), handler: () => workers.list() });
};

export { workersPlugin } from './workers.plugin.ts';
export { createWorkerService, type WorkerService } from './workers.service.ts';

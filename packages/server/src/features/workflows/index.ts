export { createPublishingService, type PublishingService } from './publishing.service.ts';
export { seedSample } from './sample-workflow.ts';
export { tagsOfWorkflows } from './workflow-tags.ts';
export { workflowsPlugin } from './workflows.plugin.ts';
export { createWorkflowService, type WorkflowService } from './workflows.service.ts';
export type { WorkflowChange, WorkflowListener } from './workflow-listener.ts';

import type { JsonObject } from '../items/index.ts';
import type { WorkflowJson } from '../graph/index.ts';

/** The JSON n8n imports. Our own order `parallel`, which n8n does not know, becomes `v1`. */
export function toN8n(workflow: WorkflowJson): JsonObject {
  const { settings, ...rest } = workflow;
  if (!settings) return rest;
  const { executionOrder } = settings;
  return {
    ...rest,
    settings: executionOrder === 'parallel' ? { ...settings, executionOrder: 'v1' } : settings,
  };
}

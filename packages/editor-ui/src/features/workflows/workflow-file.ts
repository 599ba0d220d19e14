import type { Workflow } from '@millrace/api';
import type { WorkflowJson } from '@millrace/workflow/graph';

/** Why a text is not a workflow: a message key and, if there is more to say, the detail. */
export interface FileFault {
  readonly key: 'notJson' | 'noWorkflow';
  readonly detail?: string;
}

/**
 * Reads workflows from a file or the clipboard: one workflow, a list of them, or `{"workflows": […]}`.
 * Keys that we do not know stay.
 *
 * @param fallbackName - Name for a workflow that has none, such as nodes copied from a canvas.
 */
export function readWorkflows(
  text: string,
  fallbackName: string,
): { readonly workflows: readonly WorkflowJson[] } | { readonly fault: FileFault } {
  const parsed = parse(text);
  if ('fault' in parsed) return parsed;
  const workflows = candidates(parsed.value).flatMap((each) => asWorkflow(each, fallbackName));
  return workflows.length ? { workflows } : { fault: { key: 'noWorkflow' } };
}

/** A workflow as a file: without what belongs to this server alone. */
export function writeWorkflow(workflow: Workflow): string {
  const {
    projectId: _project,
    publishedVersionId: _version,
    hasUnpublishedChanges: _changes,
    revision: _revision,
    createdAt: _created,
    updatedAt: _updated,
    ...file
  } = workflow;
  return `${JSON.stringify({ ...file, active: false }, null, 2)}\n`;
}

/** A name that every file system takes: `Orders: new` is `Orders- new.json`. */
export function fileName(name: string): string {
  return `${name.replace(/[/\\:*?"<>|]/g, '-').slice(0, 100)}.json`;
}

function parse(text: string): { readonly value: unknown } | { readonly fault: FileFault } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return {
      fault: { key: 'notJson', ...(error instanceof Error && { detail: error.message }) },
    };
  }
}

function candidates(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isObject(value) && Array.isArray(value['workflows'])) return value['workflows'];
  return [value];
}

function asWorkflow(value: unknown, fallbackName: string): WorkflowJson[] {
  if (!isObject(value) || !Array.isArray(value['nodes'])) return [];
  const { id: _id, name, nodes, connections, ...rest } = value;
  return [
    {
      ...rest,
      name: typeof name === 'string' && name.trim() ? name : fallbackName,
      nodes,
      connections: isConnections(connections) ? connections : {},
    },
  ];
}

/** The server checks each wire; here it is enough that it is an object. */
const isConnections = (value: unknown): value is WorkflowJson['connections'] => isObject(value);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

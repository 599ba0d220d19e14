import { uniqueName, type NodeJson, type WorkflowJson } from '@millrace/workflow/graph';
import type { NodeDescription } from '@millrace/workflow/node-api';
import type { JsonObject } from '@millrace/workflow/items';

/** A node of this type that is not yet in the workflow: a free name, no parameters but those given. */
export function newNode(
  workflow: WorkflowJson,
  description: NodeDescription,
  position: readonly [number, number],
  parameters: JsonObject = {},
): NodeJson {
  const wanted = description.defaults?.name ?? description.displayName;
  return {
    id: crypto.randomUUID(),
    name: uniqueName(wanted, new Set(workflow.nodes.map(({ name }) => name))),
    type: description.name,
    typeVersion: versionOf(description),
    position,
    ...withAddress(description, parameters),
  };
}

/** A webhook gets an address nobody can guess, so that it works before anyone thinks of a path. */
function withAddress(description: NodeDescription, parameters: JsonObject) {
  if (!description.webhooks?.length) return { parameters };
  const webhookId = crypto.randomUUID();
  const hasPath = description.properties.some(({ name }) => name === 'path');
  return { parameters: hasPath ? { path: webhookId, ...parameters } : parameters, webhookId };
}

/** The version a new node gets: the one meant as default, else the newest. */
export function versionOf({ version, defaultVersion }: NodeDescription): number {
  if (defaultVersion !== undefined) return defaultVersion;
  return typeof version === 'number' ? version : Math.max(...version);
}

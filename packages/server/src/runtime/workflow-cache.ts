import { readLimits, type WorkflowJson, type WorkflowLimits } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { NotFoundError } from '@millrace/workflow/errors';
import { WorkflowEntity, WorkflowVersionEntity, type Database } from '../db/index.ts';

/** A workflow ready to run. The same object for the same version, so that others may cache by it. */
export interface LoadedWorkflow {
  readonly id: string;
  readonly versionId: string | undefined;
  readonly json: WorkflowJson;
  /** No enabled node has an effect: an execution is one write at its end. */
  readonly isPure: boolean;
  /** What holds its executions back; `undefined` when nothing does. */
  readonly limits: WorkflowLimits | undefined;
}

export interface WorkflowCache {
  version(versionId: string): Promise<LoadedWorkflow>;
  /** The published version, or `undefined` when nothing is published. */
  published(workflowId: string): Promise<LoadedWorkflow | undefined>;
  /** @throws {NotFoundError} */
  draft(workflowId: string): Promise<LoadedWorkflow>;
  snapshot(workflowId: string, json: WorkflowJson): LoadedWorkflow;
}

/** Versions never change, so they are kept; the `limit` used last stay. */
export function createWorkflowCache(
  db: Database,
  { registry, limit = 500 }: { registry: NodeRegistry; limit?: number },
): WorkflowCache {
  const versions = new Map<string, Promise<LoadedWorkflow>>();
  const isPure = purity(registry);

  async function load(versionId: string): Promise<LoadedWorkflow> {
    const row = await db.source.getRepository(WorkflowVersionEntity).findOneBy({ id: versionId });
    if (!row) throw new NotFoundError('workflow version', versionId);
    const { pinData: _pins, ...saved }: WorkflowJson = JSON.parse(row.workflow);
    const json = { ...saved, id: row.workflowId, active: true };
    const limits = readLimits(json.settings);
    return { id: row.workflowId, versionId, json, isPure: isPure(json), limits };
  }

  function version(versionId: string): Promise<LoadedWorkflow> {
    const known = versions.get(versionId) ?? begin(versionId);
    versions.delete(versionId);
    versions.set(versionId, known);
    if (versions.size > limit) dropOldest();
    return known;
  }

  function begin(versionId: string): Promise<LoadedWorkflow> {
    const loading = load(versionId);
    loading.catch(() => versions.delete(versionId));
    return loading;
  }

  function dropOldest(): void {
    const [oldest] = versions.keys();
    if (oldest !== undefined) versions.delete(oldest);
  }

  async function findWorkflow(workflowId: string) {
    const found = await db.source.getRepository(WorkflowEntity).findOneBy({ id: workflowId });
    if (!found) throw new NotFoundError('workflow', workflowId);
    return found;
  }

  const snapshot = (id: string, json: WorkflowJson): LoadedWorkflow => ({
    id,
    versionId: undefined,
    json: { ...json, id },
    isPure: isPure(json),
    limits: readLimits(json.settings),
  });

  return {
    version,
    snapshot,
    async published(workflowId) {
      const { publishedVersionId } = await findWorkflow(workflowId);
      return publishedVersionId === null ? undefined : version(publishedVersionId);
    },
    async draft(workflowId) {
      const { draft, name, publishedVersionId } = await findWorkflow(workflowId);
      const json: WorkflowJson = JSON.parse(draft);
      return snapshot(workflowId, { ...json, name, active: publishedVersionId !== null });
    },
  };
}

function purity(registry: NodeRegistry) {
  const isPureType = (type: string, version: number) => {
    const description = registry.find(type, version)?.description;
    return description?.pure === true || description?.group.includes('trigger') === true;
  };
  return (workflow: WorkflowJson) =>
    workflow.nodes.every(
      ({ type, typeVersion, disabled }) => disabled === true || isPureType(type, typeVersion),
    );
}

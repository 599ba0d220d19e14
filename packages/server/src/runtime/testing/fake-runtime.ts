import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunExecution } from '@millrace/workflow/engine';
import type { WorkflowJson } from '@millrace/workflow/graph';
import { createRegistry, type NodeType } from '@millrace/workflow/node-api';
import type { RunRecord } from '@millrace/workflow/ports';
import {
  newId,
  ProjectEntity,
  WorkflowEntity,
  WorkflowVersionEntity,
  type Database,
} from '../../db/index.ts';
import { createRuntime } from '../runtime.ts';
import type { RuntimeOptions } from '../runtime.types.ts';

/** A node type that does nothing; `pure` as said. */
export const fakeType = (name: string, about: Partial<NodeType['description']> = {}): NodeType => ({
  description: {
    name: `test.${name}`,
    displayName: name,
    group: ['data'],
    version: 1,
    inputs: ['main'],
    outputs: ['main'],
    properties: [],
    ...about,
  },
});

/** An engine that runs every node of the workflow once, in the order they stand in. */
export const straightEngine: RunExecution = async (request, ports) => {
  const runs: RunRecord[] = [...(request.history ?? [])];
  const done = new Set(runs.map(({ node }) => node));
  for (const node of request.workflow.nodes) {
    if (done.has(node.name)) continue;
    if (request.signal?.aborted) return { status: 'canceled', runs };
    const type = ports.nodes.find(node.type, node.typeVersion);
    const isStart = node.name === request.start?.node;
    const outputs = isStart ? (request.start?.outputs ?? []) : (runs.at(-1)?.outputs ?? []);
    const isFailing = node.type === 'test.fail';
    const run: RunRecord = {
      seq: runs.length,
      node: node.name,
      runIndex: 0,
      attempt: 1,
      status: isFailing ? 'error' : 'success',
      startedAt: ports.clock.now(),
      durationMs: 0,
      sources: [],
      outputs: isFailing ? [] : outputs,
      ...(isFailing && { error: { message: 'broken', name: 'NodeError', node: node.name } }),
    };
    runs.push(run);
    await ports.journal.record(run, { pure: type?.description.pure === true });
    ports.emit?.({ type: 'run-finished', run });
    if (run.error) return { status: 'error', error: run.error, lastNode: node.name, runs };
  }
  return { status: 'success', lastNode: runs.at(-1)?.node ?? '', runs };
};

export const drawing = (...types: readonly string[]): WorkflowJson => ({
  name: 'Test',
  nodes: types.map((type, index) => ({
    id: `${index}`,
    name: `${type}${index}`,
    type: `test.${type}`,
    typeVersion: 1,
    position: [index * 100, 0],
    parameters: {},
  })),
  connections: {},
});

/** Stores a workflow with one published version. */
export async function storeWorkflow(
  db: Database,
  json: WorkflowJson,
): Promise<{ workflowId: string; versionId: string }> {
  const [projectId, workflowId, versionId] = [newId(), newId(), newId()];
  const workflow = JSON.stringify(json);
  const at = { createdAt: 1, updatedAt: 1 };
  await db.transaction(async (manager) => {
    await manager.insert(ProjectEntity, { id: projectId, name: 'P', kind: 'team', createdAt: 1 });
    await manager.insert(WorkflowEntity, {
      id: workflowId,
      projectId,
      name: json.name,
      draft: workflow,
      nodeCount: json.nodes.length,
      revision: 1,
      publishedVersionId: versionId,
      publishedRevision: 1,
      ...at,
    });
    await manager.insert(WorkflowVersionEntity, {
      id: versionId,
      workflowId,
      number: 1,
      name: json.name,
      workflow,
      createdBy: null,
      createdAt: 1,
    });
  });
  return { workflowId, versionId };
}

const silent = () => undefined;
const unreachable = async () => {
  throw new Error('Not part of this test');
};

/** A runtime over a real database, with fakes at every other port. */
export async function openTestRuntime(db: Database, changes: Partial<RuntimeOptions> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'millrace-runtime-'));
  const registry = createRegistry([
    fakeType('hook', { group: ['trigger'] }),
    fakeType('errorTrigger', { group: ['trigger'] }),
    fakeType('pure', { pure: true }),
    fakeType('effect'),
    fakeType('fail'),
  ]);
  const runtime = createRuntime({
    db,
    config: {
      home,
      publicUrl: 'http://test',
      timezone: 'UTC',
      concurrency: 2,
      resumeSecret: 'secret',
    },
    registry,
    code: { run: unreachable },
    http: { request: unreachable },
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    secrets: { credential: unreachable, signedRequest: unreachable },
    runExecution: straightEngine,
    ...changes,
  });
  return {
    runtime,
    async close() {
      await runtime.close();
      await rm(home, { recursive: true });
    },
  };
}

import type { RunData } from '@millrace/api';
import type { EvaluationScope } from '@millrace/workflow/expression';
import type { NodeJson, PinnedItem, WorkflowJson } from '@millrace/workflow/graph';
import type { Batch, RunSource } from '@millrace/workflow/items';
import type { RunRecord } from '@millrace/workflow/ports';
import { wiresOf } from './wires.ts';

interface PreviewParts {
  readonly workflow: WorkflowJson;
  readonly workflowId: string;
  readonly isActive: boolean;
  readonly node: NodeJson;
  readonly data: ReadonlyMap<string, readonly RunData[]>;
  readonly executionId: string | undefined;
}

/** What feeds an input of a node, and the items that came from there last. */
export interface InputSource {
  readonly node: string;
  readonly output: number;
  readonly items: Batch | undefined;
}

/** The wires into a node with what they carried in the execution on show; pinned data goes first. */
export function inputSources(
  workflow: WorkflowJson,
  node: string,
  data: ReadonlyMap<string, readonly RunData[]>,
): readonly InputSource[] {
  return wiresOf(workflow)
    .filter((wire) => wire.to === node && wire.type === 'main')
    .map(({ from, output }) => ({
      node: from,
      output,
      items:
        pinned(workflow.pinData?.[from], output) ??
        data.get(from)?.at(-1)?.outputs[output] ??
        undefined,
    }));
}

/** The scope an expression of this node would see if it ran now on the data on show. */
export function previewScope(parts: PreviewParts): EvaluationScope {
  const { workflow, node, data } = parts;
  const sources = inputSources(workflow, node.name, data);
  const first = sources.find(({ items }) => items?.length) ?? sources[0];
  return {
    node,
    runIndex: 0,
    input: first?.items ?? [],
    sources: sources.map(({ node: previousNode, output }): RunSource => ({
      previousNode,
      previousNodeOutput: output,
    })),
    workflow: {
      id: parts.workflowId,
      name: workflow.name,
      active: parts.isActive,
      nodes: new Map(workflow.nodes.map((each) => [each.name, each])),
      connections: workflow.connections,
    },
    runs: recordsOf(data),
    ...(workflow.pinData && { pinData: workflow.pinData }),
    mode: 'manual',
    executionId: parts.executionId ?? '',
    resumeUrl: '',
    timezone: workflow.settings?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: () => Date.now(),
    vars: {},
    parameters: () => node.parameters,
    nodeState: () => ({}),
  };
}

const pinned = (items: readonly PinnedItem[] | undefined, output: number): Batch | undefined =>
  items && output === 0 ? items : undefined;

function recordsOf(data: PreviewParts['data']): ReadonlyMap<string, readonly RunRecord[]> {
  return new Map(
    [...data].map(([node, runs]) => [node, runs.map((run): RunRecord => ({ ...run, node }))]),
  );
}

import { checkSyntax } from '@millrace/workflow/expression';
import {
  limitProblems,
  parseWorkflow,
  readLimits,
  type Problem,
  type WorkflowJson,
} from '@millrace/workflow/graph';
import type { Workflow, WorkflowSummary } from '@millrace/api';
import type { WorkflowRow } from '../../db/index.ts';
import { InvalidError } from '../../platform/index.ts';

/** Keys that are facts of the server, not of the drawing: never stored in it. */
const SERVER_KEYS = new Set([
  'id',
  'active',
  'projectId',
  'publishedVersionId',
  'hasUnpublishedChanges',
  'revision',
  'nodeCount',
  'createdAt',
  'updatedAt',
  'versionId',
]);

/** The drawing in a body, with legacy forms brought up to date and unknown keys kept. */
export function readDrawing(body: unknown): WorkflowJson {
  const { workflow, problems } = parseWorkflow(body);
  const found = [...problems, ...limitProblems(workflow.settings), ...keyProblems(workflow)];
  const fatal = found.filter(({ severity }) => severity === 'error');
  const first = fatal[0];
  if (first) throw new InvalidError(first.message, first.fix, fatal);
  const kept = Object.entries(workflow).filter(([key]) => !SERVER_KEYS.has(key));
  return { ...Object.fromEntries(kept), ...drawn(workflow) };
}

/** A key that can never be worked out would limit nothing. */
function keyProblems({ settings }: WorkflowJson): Problem[] {
  const key = readLimits(settings)?.perKey?.key ?? '';
  return checkSyntax(key).map(({ message, from }) => ({
    code: 'EXPR_SYNTAX',
    message: `The limit's key is not an expression: ${message}`,
    fix: `Check "${key}" near character ${from + 1}`,
    field: 'settings.limits.perKey.key',
    severity: 'error',
  }));
}

const drawn = ({ name, nodes, connections }: WorkflowJson) => ({ name, nodes, connections });

/** A drawing as it was stored: written by us, so read without checks. */
export function storedDrawing(text: string): WorkflowJson {
  return JSON.parse(text);
}

/** A workflow as the API shows it. */
export const toWorkflow = (row: WorkflowRow): Workflow => ({
  ...storedDrawing(row.draft),
  ...factsOf(row),
});

export const toSummary = (row: WorkflowRow): WorkflowSummary => ({
  ...factsOf(row),
  nodeCount: row.nodeCount,
});

const factsOf = (row: WorkflowRow) => ({
  id: row.id,
  name: row.name,
  projectId: row.projectId,
  active: row.publishedVersionId !== null,
  publishedVersionId: row.publishedVersionId,
  hasUnpublishedChanges: row.publishedVersionId !== null && row.publishedRevision !== row.revision,
  revision: row.revision,
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
});

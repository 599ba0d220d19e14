import { parseWorkflow, type WorkflowJson } from '@millrace/workflow/graph';
import { ArgError } from '../arg.error.ts';
import type { InMemoryCredential, InMemoryRequest } from './execute-workflow.ts';

interface BatchCase {
  readonly id: unknown;
  readonly workflow: unknown;
  readonly subworkflows?: readonly unknown[];
  readonly publishSubworkflows?: boolean;
  readonly credentials?: readonly InMemoryCredential[];
  readonly startNode?: string;
  readonly destinationNode?: string;
}

const TRIAL_LIMIT_MS = 60_000;

/** One line of `execute --batch` (contract: CLI). @throws {ArgError} when it is not such a line. */
export function readBatchLine(line: string): { id: unknown; request: InMemoryRequest } {
  const decoded = decode(line);
  const { id, workflow, subworkflows = [], credentials, startNode, destinationNode } = decoded;
  const parse = (json: unknown): WorkflowJson => parseWorkflow(json).workflow;
  return {
    id,
    request: {
      workflow: parse(workflow),
      others: subworkflows.map(parse),
      arePublished: decoded.publishSubworkflows === true,
      signal: AbortSignal.timeout(TRIAL_LIMIT_MS),
      ...(credentials && { credentials }),
      ...(startNode && { startNode }),
      ...(destinationNode && { destination: destinationNode }),
    },
  };
}

function decode(line: string): BatchCase {
  const json: unknown = JSON.parse(line);
  if (isCase(json)) return json;
  throw new ArgError('--batch', line.slice(0, 80), 'Write one {"id", "workflow"} object a line');
}

const isCase = (json: unknown): json is BatchCase =>
  typeof json === 'object' && json !== null && 'id' in json && 'workflow' in json;

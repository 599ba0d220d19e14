import { createHash } from 'node:crypto';
import type { EvaluationScope, Evaluator } from '@millrace/workflow/expression';
import type { Batch, Item } from '@millrace/workflow/items';
import type { ExecutionRow } from '../../db/index.ts';
import type { AcceptRequest } from '../runtime.types.ts';
import type { LoadedWorkflow } from '../workflow-cache.ts';

/** The columns of an execution that say which others it shares a limit with. */
export type KeyColumns = Pick<ExecutionRow, 'limitKey' | 'limitError'>;

/** Works out the key of an execution while it is accepted. Never throws: what is accepted is not lost. */
export type LimitKeys = (request: AcceptRequest, workflow: LoadedWorkflow) => KeyColumns;

export const NO_KEY: KeyColumns = { limitKey: null, limitError: null };
/** A longer key is kept as its beginning and a hash of the whole. */
const MAX_LENGTH = 128;
const HASHED_FROM = 63;
const MAX_ERROR_LENGTH = 500;

/**
 * Keys are texts; numbers and truth values are written out, lists and objects as JSON. Nothing, an empty
 * text and an error are no key: such an execution is held by the limits of the whole workflow alone.
 */
export function createLimitKeys({
  evaluator,
  timezone,
  now,
}: {
  readonly evaluator: Evaluator;
  readonly timezone: string;
  now(): number;
}): LimitKeys {
  function evaluate(
    key: string,
    {
      request,
      workflow,
      input,
    }: { request: AcceptRequest; workflow: LoadedWorkflow; input: Batch },
  ): unknown {
    if (!key.startsWith('=')) return key;
    const { json, id } = workflow;
    const nodes = new Map(json.nodes.map((node) => [node.name, node]));
    const node = nodes.get(request.start?.node ?? '') ?? json.nodes[0];
    if (!node) return undefined;
    const { name, connections } = json;
    const scope: EvaluationScope = {
      node,
      runIndex: 0,
      input,
      sources: [],
      workflow: { id, name, active: json.active === true, nodes, connections },
      runs: new Map(),
      mode: request.mode,
      executionId: '',
      resumeUrl: '',
      timezone: json.settings?.timezone ?? timezone,
      now,
      vars: {},
      isStrict: false,
      parameters: () => ({}),
      nodeState: () => ({}),
    };
    return evaluator.evaluate(key, scope, 0);
  }

  return (request, workflow) => {
    const perKey = workflow.limits?.perKey;
    if (!perKey || request.mode === 'manual') return NO_KEY;
    const input = firstBatch(request);
    if (!input) return NO_KEY;
    try {
      return {
        limitKey: toKey(evaluate(perKey.key, { request, workflow, input })),
        limitError: null,
      };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { limitKey: null, limitError: message.slice(0, MAX_ERROR_LENGTH) };
    }
  };
}

/** What the trigger put out; when it is retried with runs kept, what it put out then. */
function firstBatch({ start, history }: AcceptRequest): readonly Item[] | undefined {
  const outputs = start?.outputs ?? history?.[0]?.outputs ?? [];
  return outputs.find((batch) => batch && batch.length > 0) ?? undefined;
}

function toKey(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (text.length <= MAX_LENGTH) return text;
  return `${text.slice(0, HASHED_FROM)}#${createHash('sha256').update(text).digest('hex')}`;
}

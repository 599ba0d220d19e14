import { DateTime } from 'luxon';
import { isMillraceError } from '../errors/index.ts';
import type { Item, JsonObject } from '../items/index.ts';
import { createEvaluator } from './evaluator.ts';
import { ExpressionError } from './expression.errors.ts';
import type { EvaluationScope } from './scope.ts';

/** Rows of expressions over named inputs, as `millrace evaluate` reads them. */
export interface ExpressionTable {
  readonly inputs: Readonly<Record<string, JsonObject>>;
  readonly timezone?: string;
  readonly rows: readonly TableRow[];
}

/** One expression; `input` names an input, or is the item's JSON itself. */
export interface TableRow {
  readonly expr: string;
  readonly input?: string | JsonObject;
}

/** `value` is absent when the expression gave `undefined`. */
export type TableResult =
  | { readonly value?: unknown }
  | { readonly error: { readonly message: string; readonly type: string } };

/**
 * Evaluates every row by itself, in order. `$('Start')`, `$input` and `$prevNode` see a manual trigger
 * `Start` with the row's one item.
 *
 * @param now - Current time, ms since the epoch.
 */
export function evaluateTable(
  { inputs, timezone = 'UTC', rows }: ExpressionTable,
  now = Date.now(),
): TableResult[] {
  const evaluator = createEvaluator();
  return rows.map(({ expr, input }) => {
    try {
      const json = typeof input === 'object' ? input : inputNamed(inputs, input);
      const value = evaluator.evaluate(expr, tableScope(json, timezone, now), 0);
      return value === undefined ? {} : { value: toJson(value) };
    } catch (error) {
      if (!isMillraceError(error)) throw error;
      return { error: { message: error.message, type: error.code } };
    }
  });
}

function inputNamed(
  inputs: Readonly<Record<string, JsonObject>>,
  name: string | undefined,
): JsonObject {
  if (name === undefined) return {};
  const json = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (json) return json;
  throw new ExpressionError(`No input "${name}" in the table`, {}, 'Name one of `inputs`');
}

/** JSON has no BigInt: it travels as text. */
function toJson(value: unknown): unknown {
  if (typeof value === 'bigint' || value instanceof DateTime) return value.toString();
  const text = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? member.toString() : member,
  );
  return text === undefined ? null : JSON.parse(text);
}

function tableScope(json: JsonObject, timezone: string, now: number): EvaluationScope {
  const item: Item = { json, pairedItem: { item: 0 } };
  const start = nodeOf('Start', 'n8n-nodes-base.manualTrigger');
  const current = nodeOf('Evaluate', 'n8n-nodes-base.set');
  return {
    node: current,
    runIndex: 0,
    input: [item],
    sources: [{ previousNode: 'Start' }],
    workflow: {
      id: 'table',
      name: 'Table',
      active: false,
      nodes: new Map([
        ['Start', start],
        ['Evaluate', current],
      ]),
      connections: { Start: { main: [[{ node: 'Evaluate', type: 'main', index: 0 }]] } },
    },
    runs: new Map([
      [
        'Start',
        [
          {
            seq: 0,
            node: 'Start',
            runIndex: 0,
            attempt: 1,
            status: 'success',
            startedAt: now,
            durationMs: 0,
            sources: [],
            outputs: [[item]],
          },
        ],
      ],
    ]),
    mode: 'manual',
    executionId: 'table',
    resumeUrl: '',
    timezone,
    now: () => now,
    vars: {},
    parameters: () => ({}),
    nodeState: () => ({}),
  };
}

const nodeOf = (name: string, type: string) => ({
  id: name.toLowerCase(),
  name,
  type,
  typeVersion: 1,
  position: [0, 0] as const,
  parameters: {},
});

import type { Item, JsonObject } from '../items/index.ts';
import type { BinaryPort, HttpPort } from '../ports/index.ts';
import type { ExecuteContext, NodeLogger } from './context.ts';
import type { NodeResult } from './node-type.ts';
import { createPauses } from './turns.ts';
import { decodeParams, describeParams, type ParamMap, type Values } from './params/param.ts';

/** What `run` is given, for one input item. */
export interface RunContext<M extends ParamMap> {
  readonly params: Values<M>;
  readonly item: Item;
  readonly itemIndex: number;
  readonly signal: AbortSignal;
  readonly http: HttpPort;
  readonly binary: BinaryPort;
  readonly logger: NodeLogger;
  readonly idempotencyKey: string;
  now(): number;
  credential(type: string): Promise<JsonObject>;
  /** Everything else a node may ask the engine. */
  readonly context: ExecuteContext;
}

/** Plain objects become items; a list becomes several; nothing drops the item. */
export type RunOutput = object | readonly object[] | undefined;

export type ItemRun<M extends ParamMap> = (
  context: RunContext<M>,
) => Promise<RunOutput> | RunOutput;

/** Runs `run` for each item in order. Under "continue", an error becomes the item `{ error: message }`. */
export async function executePerItem<M extends ParamMap>(
  params: M,
  run: ItemRun<M>,
  context: ExecuteContext,
): Promise<NodeResult> {
  const output: Item[] = [];
  const pause = createPauses(context);
  for (const [itemIndex, item] of context.items().entries()) {
    const due = pause();
    if (due) await due;
    try {
      const result = await run(runContext(params, context, item, itemIndex));
      output.push(...itemsOf(result, itemIndex));
    } catch (error) {
      if (!context.continueOnFail) throw error;
      output.push({
        json: { error: error instanceof Error ? error.message : String(error) },
        pairedItem: { item: itemIndex },
      });
    }
  }
  return [output];
}

function runContext<M extends ParamMap>(
  params: M,
  context: ExecuteContext,
  item: Item,
  itemIndex: number,
): RunContext<M> {
  const { signal, http, binary, logger } = context;
  return {
    params: decodeParams(params, readParams(params, context, itemIndex)),
    item,
    itemIndex,
    signal,
    http,
    binary,
    logger,
    idempotencyKey: `${context.idempotencyKey}:${itemIndex}`,
    now: () => context.now(),
    credential: (type) => context.credential(type, itemIndex),
    context,
  };
}

/** The resolved wire values of a parameter map for one item. Parameters that are not displayed give their default. */
export function readParams(
  params: ParamMap,
  context: ExecuteContext,
  itemIndex: number,
): JsonObject {
  const defaults = new Map(
    describeParams(params).map((property) => [property.name, property.default]),
  );
  return Object.fromEntries(
    [...defaults].map(([name, fallback]) => [name, context.param(name, itemIndex, { fallback })]),
  );
}

function itemsOf(result: RunOutput, itemIndex: number): Item[] {
  if (result === undefined) return [];
  const list: readonly object[] = Array.isArray(result) ? result : [result];
  return list.map((each) => asItem(each, itemIndex));
}

const ITEM_KEYS = new Set(['json', 'binary', 'pairedItem', 'error']);

function asItem(value: object, itemIndex: number): Item {
  const { json, ...rest } = Object.fromEntries(Object.entries(value));
  const isItem =
    typeof json === 'object' &&
    json !== null &&
    Object.keys(value).every((key) => ITEM_KEYS.has(key));
  return isItem
    ? { pairedItem: { item: itemIndex }, ...rest, json: Object.fromEntries(Object.entries(json)) }
    : { json: Object.fromEntries(Object.entries(value)), pairedItem: { item: itemIndex } };
}

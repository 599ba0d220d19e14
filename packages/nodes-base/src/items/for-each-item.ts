import type { Item, JsonObject } from '@millrace/workflow/items';
import { createPauses, type ExecuteContext } from '@millrace/workflow/node-api';

type Made = Item | readonly Item[];

/**
 * Runs `run` for each input item in order and pairs what it gives to that item. Under "continue", an
 * error becomes the item `{ error: message }` and the next item has its turn.
 */
export async function forEachItem(
  context: ExecuteContext,
  run: (item: Item, index: number) => Promise<Made> | Made,
): Promise<[Item[]]> {
  const output: Item[] = [];
  const pause = createPauses(context);
  for (const [index, item] of context.items().entries()) {
    const due = pause();
    if (due) await due;
    try {
      for (const made of [await run(item, index)].flat())
        output.push({ pairedItem: { item: index }, ...made });
    } catch (error) {
      if (!context.continueOnFail || context.signal?.aborted) throw error;
      output.push(errorItem(error, { item: index }));
    }
  }
  return [output];
}

/** Runs `run` once over all items; under "continue", its error becomes the one item put out. */
export async function forAllItems(
  context: ExecuteContext,
  run: () => Promise<Made> | Made,
): Promise<[Item[]]> {
  try {
    return [[await run()].flat()];
  } catch (error) {
    if (!context.continueOnFail || context.signal?.aborted) throw error;
    return [[errorItem(error, allItems(context))]];
  }
}

/** The lineage of one item made of all items. */
export const allItems = (context: ExecuteContext): readonly { readonly item: number }[] =>
  context.items().map((_item, index) => ({ item: index }));

/** A collection parameter of one item, `{}` when it is not shown. */
export function optionsOf(context: ExecuteContext, index: number, name = 'options'): JsonObject {
  const value = context.param(name, index, { fallback: {} });
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function errorItem(error: unknown, pairedItem: NonNullable<Item['pairedItem']>): Item {
  return { json: { error: error instanceof Error ? error.message : String(error) }, pairedItem };
}

import { createHash } from 'node:crypto';
import { NodeError } from '@millrace/workflow/errors';
import type { Batch, Item } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { DateTime } from 'luxon';

/** New items, and those earlier executions had. What was seen is kept in the node's static data, newest last. */
export function removeSeenBefore(context: ExecuteContext): Batch[] {
  const logic = String(context.param('logic', 0));
  return logic === 'removeItemsWithAlreadySeenKeyValues'
    ? byValue(context)
    : byHighest(context, logic);
}

function byValue(context: ExecuteContext): Batch[] {
  const memory = context.staticData('node');
  const size = Number(context.param('options.historySize', 0, { fallback: 10_000 }));
  const seen = new Set(Array.isArray(memory.seen) ? memory.seen.map(String) : []);
  const split = partition(context, (index) => {
    const key = createHash('sha256')
      .update(String(context.param('dedupeValue', index)))
      .digest('base64');
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  memory.seen = [...seen].slice(-size);
  return split;
}

function byHighest(context: ExecuteContext, logic: string): Batch[] {
  const memory = context.staticData('node');
  const before = typeof memory.highest === 'number' ? memory.highest : -Infinity;
  let highest = before;
  const split = partition(context, (index) => {
    const value =
      logic === 'removeItemsUpToStoredDate' ? dateOf(context, index) : numberOf(context, index);
    highest = Math.max(highest, value);
    return value > before;
  });
  if (Number.isFinite(highest)) memory.highest = highest;
  return split;
}

function partition(context: ExecuteContext, isNew: (index: number) => boolean): [Item[], Item[]] {
  const [kept, dropped]: [Item[], Item[]] = [[], []];
  for (const [index, item] of context.items().entries()) {
    (isNew(index) ? kept : dropped).push({ ...item, pairedItem: { item: index } });
  }
  return [kept, dropped];
}

function numberOf(context: ExecuteContext, itemIndex: number): number {
  const value = Number(context.param('incrementalDedupeValue', itemIndex));
  if (Number.isFinite(value)) return value;
  throw new NodeError(
    'The value to compare is no number',
    { node: context.node.name, itemIndex },
    { fix: 'Give a number' },
  );
}

function dateOf(context: ExecuteContext, itemIndex: number): number {
  const given = context.param('dateDedupeValue', itemIndex);
  const date = DateTime.isDateTime(given)
    ? given
    : DateTime.fromISO(String(given), { zone: context.timezone });
  if (date.isValid) return date.toMillis();
  throw new NodeError(
    `"${String(given)}" is no date`,
    { node: context.node.name, itemIndex },
    { fix: 'Give an ISO date' },
  );
}

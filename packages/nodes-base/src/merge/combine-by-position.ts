import type { Batch, Item } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import {
  clashHandling,
  mergeItems,
  preferredIndex,
  withSuffix,
  type ClashHandling,
} from './clash.ts';
import { lineage, paired } from './lineage.ts';

/** The first items as one, the second items as one, and so on. */
export function combineByPosition(context: ExecuteContext, inputCount: number): Batch {
  const clash = clashHandling(context, 'preferLast');
  const isUnpairedKept = context.param('options.includeUnpaired', 0, { fallback: false }) === true;
  const inputs = Array.from({ length: inputCount }, (_, input) =>
    paired(context.items(input), input),
  );
  const lengths = inputs.map((items) => items.length);
  const length = isUnpairedKept ? Math.max(...lengths) : Math.min(...lengths);
  return Array.from({ length }, (_, position) =>
    mergeRow(
      inputs.map((items) => items[position]),
      clash,
    ),
  );
}

/** One row over all inputs; a gap where an input is shorter. */
function mergeRow(row: readonly (Item | undefined)[], clash: ClashHandling): Item {
  const present = row.filter((item) => item !== undefined);
  const [only] = present;
  if (only && present.length === 1) return only;
  const preferred = row[preferredIndex(clash.resolve, row.length)] ?? present.at(-1);
  const winners = preferred ? [preferred] : [];
  const others = clash.resolve === 'addSuffix' ? suffixed(row) : present;
  // n8n names the preferred item twice; expressions that look an item up by lineage depend on it.
  return {
    ...mergeItems([...others, ...winners], clash),
    pairedItem: lineage([...present, ...winners]),
  };
}

const suffixed = (row: readonly (Item | undefined)[]): Item[] =>
  row.flatMap((item, input) => (item ? [withSuffix(item, String(input + 1))] : []));

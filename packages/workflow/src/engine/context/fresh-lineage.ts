import type { Batch, Item, PairedItem } from '../../items/index.ts';

/**
 * Batches with lineage relative to the run they go into, whatever the node before said (n8n-facts A4.10).
 * The same batches when nothing has to change, as after nodes that keep each item's place.
 */
export function withFreshLineage(inputs: readonly (Batch | null)[]): readonly (Batch | null)[] {
  if (
    inputs.every(
      (batch, input) => !batch || batch.every((item, index) => isFresh(item, index, input)),
    )
  )
    return inputs;
  return inputs.map(
    (batch, input) =>
      batch &&
      batch.map((item, index): Item =>
        isFresh(item, index, input)
          ? item
          : { ...item, pairedItem: input === 0 ? { item: index } : { item: index, input } },
      ),
  );
}

const isFresh = ({ pairedItem }: Item, index: number, input: number): boolean =>
  input === 0 && pointsTo(pairedItem, index);

/** Whether a lineage is the plain one to this index already. */
const pointsTo = (paired: PairedItem | undefined, index: number): boolean =>
  typeof paired === 'object' &&
  paired !== null &&
  'item' in paired &&
  paired.item === index &&
  paired.input === undefined &&
  paired.sourceOverwrite === undefined;

import type { BinaryData, Batch, Item } from '../../items/index.ts';
import type { Context } from '../context.ts';
import { lend } from '../scope-data.ts';

/** An item as expressions get it. */
export const viewItem = (context: Context, item: Item | undefined): unknown =>
  lend<unknown>(context, item);

export function viewBatch(context: Context, batch: Batch): unknown {
  context.spend(batch.length >>> 4);
  return lend<unknown>(context, batch);
}

/** `$binary`: what files the item has, without their bytes. */
export function viewBinary(context: Context, item: Item): unknown {
  const files = Object.entries(item.binary ?? {}).filter(([name]) => name !== '__proto__');
  return lend<unknown>(
    context,
    Object.fromEntries(files.map(([name, file]) => [name, withoutBytes(file)])),
  );
}

const withoutBytes = (file: BinaryData) =>
  Object.fromEntries(Object.entries(file).filter(([key]) => key !== 'data'));

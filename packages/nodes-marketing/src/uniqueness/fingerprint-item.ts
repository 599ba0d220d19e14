import type { Item } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { fingerprintOf } from '../content-quality/check-piece.ts';
import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { fingerprintVariants, type ImageFingerprint } from '../stats/image/fingerprint.ts';
import { readImage } from '../stats/image/pixels.ts';

/** What an item is known by. */
export type Print =
  | { readonly kind: 'text'; readonly hash: string; readonly text: string }
  | {
      readonly kind: 'image';
      readonly hash: string;
      /** As it is, then turned and mirrored. */
      readonly variants: readonly ImageFingerprint[];
    };

export interface PrintFields {
  readonly kind: 'text' | 'image';
  readonly text: string;
  readonly file: string;
}

/** Fingerprints an item's text or picture. @throws {InputError} when there is none, or none that can be read. */
export async function printOf(
  { binary }: ExecuteContext,
  item: Item,
  index: number,
  fields: PrintFields,
): Promise<Print> {
  if (fields.kind === 'text') {
    const text = itemFields(item.json, index).need(fields.text);
    return { kind: 'text', hash: fingerprintOf(text), text };
  }
  const file = item.binary?.[fields.file];
  if (!file)
    throw new InputError(
      `Item ${index} has no file "${fields.file}"`,
      'Give each item a PNG or JPEG, and name the field it is in as "File Field"',
    );
  const variants = variantsOf(await binary.get(file), index);
  return { kind: 'image', hash: hexOf(variants[0]?.perceptual ?? 0n), variants };
}

function variantsOf(bytes: Uint8Array, index: number): readonly ImageFingerprint[] {
  try {
    return fingerprintVariants(readImage(bytes));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(`Item ${index}: ${error.message}`, 'Give a whole PNG or JPEG');
  }
}

const hexOf = (hash: bigint): string => hash.toString(16).padStart(16, '0');

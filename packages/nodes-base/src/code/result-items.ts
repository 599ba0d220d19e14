import type { BinaryData, Item, PairedItem } from '@millrace/workflow/items';
import { CodeResultError } from './code-result.error.ts';

/** What code returned for one item. Files in it are claims until the ledger has checked them. */
export interface ReturnedItem {
  readonly json: Item['json'];
  readonly binary?: Readonly<Record<string, Partial<BinaryData>>>;
  readonly pairedItem?: PairedItem;
  readonly error?: unknown;
}

const ITEM_KEYS = new Set(['json', 'binary', 'pairedItem', 'error', 'index']);

/** Items of a body that ran once for all (n8n-facts C13). @throws {CodeResultError} */
export function itemsFromAll(value: unknown): readonly ReturnedItem[] {
  if (value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  if (!list.every(isRecord)) throw notItems();
  const areItems = list.some((each) => Object.keys(each).some((key) => ITEM_KEYS.has(key)));
  return list.map((each, index) => (areItems ? checkedItem(each, index) : { json: each }));
}

/** The item of a body that ran for one; nothing returned drops it. @throws {CodeResultError} */
export function itemFromOne(value: unknown, index: number): ReturnedItem | undefined {
  if (value === null || value === undefined) return undefined;
  if (!isRecord(value)) throw jsonIsNoObject(index);
  const isItem = Object.keys(value).some((key) => ITEM_KEYS.has(key));
  const item = isItem ? checkedItem(value, index) : { json: value };
  return { ...item, pairedItem: { item: index } };
}

function checkedItem(value: Record<string, unknown>, index: number): ReturnedItem {
  const stray = Object.keys(value).find((key) => !ITEM_KEYS.has(key));
  if (stray !== undefined) throw strayKey(index);
  const { json, binary, pairedItem, error } = value;
  if (!isRecord(json)) throw jsonIsNoObject(index);
  if (binary !== undefined && !isFiles(binary)) {
    throw new CodeResultError(
      `A 'binary' property isn't an object [item ${index}]`,
      "In the returned data, every key named 'binary' must point to an object.",
      index,
    );
  }
  return {
    json,
    ...(binary !== undefined && Object.keys(binary).length > 0 && { binary }),
    ...(isPairedItem(pairedItem) && { pairedItem }),
    ...(error !== undefined && { error }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFiles = (value: unknown): value is Record<string, Partial<BinaryData>> =>
  isRecord(value) && Object.values(value).every(isRecord);

function isPairedItem(value: unknown): value is PairedItem {
  if (Array.isArray(value))
    return value.every((each) => !Array.isArray(each) && isPairedItem(each));
  return typeof value === 'number' || (isRecord(value) && typeof value['item'] === 'number');
}

const notItems = () =>
  new CodeResultError(
    "Code doesn't return items properly",
    'Please return an array of objects, one for each item you would like to output.',
  );

const jsonIsNoObject = (index: number) =>
  new CodeResultError(
    `A 'json' property isn't an object [item ${index}]`,
    "In the returned data, every key named 'json' must point to an object.",
    index,
  );

const strayKey = (index: number) =>
  new CodeResultError(
    `Invalid output format [item ${index}]`,
    'An output item contains the reserved key json. To get around this, please wrap each item in an object, under a key called json.',
    index,
  );

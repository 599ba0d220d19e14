import type { Batch, ErrorData, Item, ItemOrigin, Outputs, RunSource } from '../items/index.ts';

/** What a run had on its inputs, for lineage. */
export interface RunInput {
  readonly inputs: readonly (Batch | null)[];
  readonly sources: readonly (RunSource | null)[];
}

/** Gives items without lineage the one that can only be meant (n8n-facts A7.38). */
export function pairItems(outputs: Outputs, { inputs }: RunInput): Outputs {
  const wired = inputs.filter((batch) => batch !== null);
  const [only] = wired;
  const isSingle = wired.length === 1;
  const [output] = outputs;
  const filled = outputs.filter((batch) => batch != null);

  const pairing = (): ((index: number) => ItemOrigin) | undefined => {
    if (isSingle && only?.length === 1) return () => ({ item: 0 });
    if (filled.length === 1 && output && isSingle && output.length === only?.length) {
      return (item) => ({ item });
    }
    if (filled.length === 1 && output?.length === 1 && isSingle && only && only.length > 1) {
      return () => ({ item: 0 });
    }
    return undefined;
  };

  if (outputs.every((batch) => !batch || batch.every(isPaired))) return outputs;
  const pair = pairing();
  if (!pair) return outputs;
  return outputs.map(
    (batch) =>
      batch &&
      batch.map((item, index) => (isPaired(item) ? item : { ...item, pairedItem: pair(index) })),
  );
}

const isPaired = (item: Item) => item.pairedItem !== undefined;

/** An item that stands for all inputs, when a node that must put out data had none (n8n-facts A7.31). */
export function withSomeOutput(outputs: Outputs, { inputs }: RunInput): Outputs {
  if (outputs[0]?.[0]) return outputs;
  const pairedItem = inputs.flatMap((batch, input) =>
    (batch ?? []).map((_, item) => (input === 0 ? { item } : { item, input })),
  );
  return [[{ json: {}, pairedItem }], ...outputs.slice(1)];
}

/** Makes an item's error part of its JSON, in the form the next node sees (n8n-facts A7.36). */
export function mergeErrors(outputs: Outputs): Outputs {
  if (outputs.every((batch) => !batch || batch.every((item) => !carriesError(item))))
    return outputs;
  return outputs.map((batch) => batch && batch.map(mergeError));
}

const carriesError = ({ error, json }: Item) =>
  error !== undefined ||
  // A service's bare number or text may stand as `json`: it has no members to look for.
  (Object(json) === json && '$error' in json && '$json' in json);

function mergeError(item: Item): Item {
  const { $error, $json } = item.json;
  if ($error !== undefined && $json !== undefined) {
    const error = asErrorData($error);
    return { ...item, error, json: { error: error.message } };
  }
  return item.error ? { ...item, json: { error: item.error.message } } : item;
}

const asErrorData = (value: unknown): ErrorData => {
  const message =
    typeof value === 'object' && value !== null && 'message' in value ? value.message : value;
  return { message: String(message), name: 'Error' };
};

/**
 * Moves error items to the last output (n8n-facts A7.35). What the node put there itself is dropped.
 *
 * @param errorOutput - Index of the extra output "Error".
 */
export function splitErrors(outputs: Outputs, errorOutput: number, input: RunInput): Outputs {
  const failed: Item[] = [];
  const kept = Array.from({ length: errorOutput }, (_, index): Batch => {
    const batch = outputs[index] ?? [];
    const good: Item[] = [];
    for (const item of batch) {
      if (isErrorItem(item)) failed.push(withOriginalJson(item, input));
      else good.push(item);
    }
    return good;
  });
  return [...kept, failed];
}

const ERROR_KEYS = new Set(['error', 'message', 'details']);

const isErrorItem = ({ error, json }: Item): boolean =>
  error !== undefined ||
  (Boolean(json.error) && Object.keys(json).every((key) => ERROR_KEYS.has(key)));

function withOriginalJson(item: Item, { inputs }: RunInput): Item {
  const [origin] = [item.pairedItem].flat();
  const { item: index, input = 0 } =
    typeof origin === 'number' ? { item: origin } : (origin ?? { item: -1 });
  const original = inputs[input]?.[index];
  const json =
    item.error && !item.json.error ? { ...item.json, error: item.error.message } : item.json;
  return original ? { ...item, json: { ...original.json, ...json } } : item;
}

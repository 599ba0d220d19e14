import type { JsonObject } from '@millrace/workflow/items';

/** What a person wrote as pinned data: items, or why it is none. */
export type PinnedText =
  | { readonly kind: 'items'; readonly items: readonly { readonly json: JsonObject }[] }
  | {
      readonly kind: 'fault';
      readonly fault: 'notJson' | 'notObjects';
      readonly detail?: string | undefined;
    };

/** Reads JSON as items: a list of objects, or one object. */
export function readPinned(text: string): PinnedText {
  const parsed = parse(text);
  if ('fault' in parsed) return { kind: 'fault', fault: 'notJson', detail: parsed.fault };
  const list: readonly unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  const items = list.filter(isObject).map((json) => ({ json }));
  return items.length === list.length
    ? { kind: 'items', items }
    : { kind: 'fault', fault: 'notObjects' };
}

function parse(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

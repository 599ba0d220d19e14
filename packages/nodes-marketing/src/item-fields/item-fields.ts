import { InputError } from './input.error.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Values of one item by any of the names a field goes by; empty text and null are no value. */
export interface ItemFields {
  text(...names: readonly string[]): string | undefined;
  /** @throws {InputError} for a value that is no finite number. */
  number(...names: readonly string[]): number | undefined;
  /** ms since the epoch, from a date text or such a number. @throws {InputError} for anything else. */
  time(...names: readonly string[]): number | undefined;
  /** @throws {InputError} when there is no text. */
  need(...names: readonly string[]): string;
}

/** @param index - Place of the item, for messages. */
export function itemFields(json: Fields, index: number): ItemFields {
  const find = (names: readonly string[]) =>
    names
      .map((name) => [name, json[name]] as const)
      .find(([, value]) => value !== undefined && value !== null && value !== '');

  const text = (...names: readonly string[]) => {
    const found = find(names);
    return found ? String(found[1]).trim() : undefined;
  };

  return {
    text,
    number(...names) {
      const found = find(names);
      if (!found) return undefined;
      const value = Number(found[1]);
      if (Number.isFinite(value)) return value;
      throw wrong(index, found, 'a number');
    },
    time(...names) {
      const found = find(names);
      if (!found) return undefined;
      const [, value] = found;
      const at = typeof value === 'number' ? value : Date.parse(String(value));
      if (Number.isFinite(at)) return at;
      throw wrong(index, found, 'a date such as 2026-11-21T09:00:00Z');
    },
    need(...names) {
      const value = text(...names);
      if (value) return value;
      throw new InputError(
        `Item ${index} has no "${names[0]}"`,
        `Give each item the field ${names.map((name) => `"${name}"`).join(' or ')}`,
      );
    },
  };
}

const wrong = (index: number, [name, value]: readonly [string, unknown], wanted: string) =>
  new InputError(
    `Item ${index}: "${name}" is ${JSON.stringify(value)}, which is not ${wanted}`,
    `Give "${name}" ${wanted}, or leave it out`,
  );

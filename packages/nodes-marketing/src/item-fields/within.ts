import { InputError } from './input.error.ts';

export interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly isWhole?: boolean;
}

/** A number parameter that keeps to its range. @param label - As the person sees it. @throws {InputError} */
export function within(label: string, value: number, { min, max, isWhole }: Range): number {
  const isIn = value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  if (isIn && (!isWhole || Number.isInteger(value))) return value;
  const kind = isWhole ? 'a whole number' : 'a number';
  const range =
    min !== undefined && max !== undefined
      ? `from ${min} to ${max}`
      : min !== undefined
        ? `of ${min} or more`
        : `of at most ${max}`;
  throw new InputError(`"${label}" is ${value}`, `Give "${label}" ${kind} ${range}`);
}

import { plainWords } from '../learning-text.ts';

/** One reason of a plan, as it is read. */
export interface Reason {
  readonly name: string;
  readonly text: string;
}

/** What is too long or too deep to be read in a line: shown elsewhere, or not at all. */
const LEFT_OUT = new Set(['requirements', 'tasks', 'targets', 'keyword', 'learned', 'evidence']);

/** Why a plan was made, from the details its programme kept: plain values by their names. */
export function reasonsOf(
  details: Readonly<Record<string, unknown>> | null,
  write: (value: number) => string,
): Reason[] {
  return Object.entries(details ?? {}).flatMap(([name, value]) => {
    if (LEFT_OUT.has(name)) return [];
    const text = textOf(value, write);
    return text === undefined ? [] : [{ name: plainWords(name), text }];
  });
}

/** What the programme learned from earlier plans of the kind, in its own words. */
export function learnedOf(details: Readonly<Record<string, unknown>> | null): string | undefined {
  const learned = details?.['learned'];
  return typeof learned === 'string' ? learned : undefined;
}

function textOf(value: unknown, write: (value: number) => string): string | undefined {
  if (typeof value === 'number') return write(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.join(', ') || undefined;
  if (isInterval(value)) return `${write(value.low)} … ${write(value.high)}`;
  return undefined;
}

const isInterval = (value: unknown): value is { readonly low: number; readonly high: number } =>
  typeof value === 'object' &&
  value !== null &&
  'low' in value &&
  'high' in value &&
  typeof value.low === 'number' &&
  typeof value.high === 'number';

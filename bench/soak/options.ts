import { parseArgs } from 'node:util';

export interface SoakOptions {
  /** How long the load is held. */
  readonly minutes: number;
  /** Requests a second; absent, half of what the instance can do. */
  readonly rate: number | undefined;
}

const DEFAULT_MINUTES = 15;

/** @throws when an option is not known or no number above zero. */
export function readSoakOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string' }, rate: { type: 'string' } },
  });
  const { minutes, rate } = values;
  return {
    minutes: minutes === undefined ? DEFAULT_MINUTES : positive('minutes', minutes),
    rate: rate === undefined ? undefined : positive('rate', rate),
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0) || !Number.isFinite(number))
    throw new Error(`--${name} is "${text}". Give a number above 0, such as --${name} 15`);
  return number;
}

import type { Dialect } from './dialect.ts';

/** Collects bound values in the order in which their places are written. */
export interface Binder {
  readonly dialect: Dialect;
  readonly values: readonly unknown[];
  /** Gives the placeholder. */
  bind(value: unknown): string;
}

export function createBinder(dialect: Dialect): Binder {
  const values: unknown[] = [];
  return {
    dialect,
    values,
    bind(value) {
      values.push(value);
      return dialect.placeholder(values.length);
    },
  };
}

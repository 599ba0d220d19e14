import { ExpressionError } from '../expression.errors.ts';

/** Names no expression may use on anything (n8n-facts B5.18). */
const REFUSED: ReadonlySet<string> = new Set([
  '__proto__',
  'prototype',
  'constructor',
  'getPrototypeOf',
  'mainModule',
  'binding',
  '_linkedBinding',
  '_load',
  'prepareStackTrace',
  '__lookupGetter__',
  '__lookupSetter__',
  '__defineGetter__',
  '__defineSetter__',
  'caller',
  'arguments',
  'getBuiltinModule',
  'dlopen',
  'execve',
  'loadEnvFile',
]);

export const isRefusedName = (name: string): boolean => REFUSED.has(name);

/** @throws {ExpressionError} for a member name that is refused everywhere. */
export function refuseName(name: string): void {
  if (!REFUSED.has(name)) return;
  throw new ExpressionError(
    name === 'constructor'
      ? 'Expression contains invalid constructor function call'
      : `Cannot access "${name}" due to security concerns`,
    { name },
    `Remove "${name}" from the expression`,
  );
}

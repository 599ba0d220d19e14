import type { Context } from './context.ts';

/** Local variables of one function call, or of one round of a loop whose body makes functions. */
export interface Frame {
  readonly slots: unknown[];
  readonly parent: Frame | null;
}

/** Runs a compiled function's body. `args` is a fresh list the callee owns. */
export type GuestBody = (parent: Frame | null, context: Context, args: unknown[]) => unknown;

/** A callback as list methods call it. */
export type ElementCallback = (
  element: unknown,
  index: number,
  list: readonly unknown[],
) => unknown;

/** A compiled function, before it has caught its surroundings. */
export interface GuestCode {
  readonly name: string;
  readonly source: string;
  readonly length: number;
  readonly body: GuestBody;
  /** The function as a callback for one walk along a list, which does not overlap itself. */
  readonly asCallback: (parent: Frame | null, context: Context) => ElementCallback;
}

/**
 * A function the expression wrote. An object the host cannot call, on purpose: only the interpreter
 * runs it, so that no library handed a value ever calls into an expression.
 */
export class GuestFunction {
  private readonly code: GuestCode;
  private readonly parent: Frame | null;

  constructor(code: GuestCode, parent: Frame | null) {
    this.code = code;
    this.parent = parent;
  }

  call(context: Context, args: unknown[]): unknown {
    return this.code.body(this.parent, context, args);
  }

  get name(): string {
    return this.code.name;
  }

  get source(): string {
    return this.code.source;
  }

  get length(): number {
    return this.code.length;
  }

  /** The function as a callback for one walk along a list. */
  asCallback(context: Context): ElementCallback {
    return this.code.asCallback(this.parent, context);
  }
}

export type NativeCode = (context: Context, self: unknown, args: readonly unknown[]) => unknown;

interface NativeParts {
  readonly call?: NativeCode;
  readonly construct?: (context: Context, args: readonly unknown[]) => unknown;
  /** Static members by name: values, or functions as values. */
  readonly members?: ReadonlyMap<string, unknown>;
  /** For `instanceof`. */
  readonly isInstance?: (value: unknown) => boolean;
  readonly isClass?: boolean;
}

/** A listed function, class or namespace of ours, as a value. Again an object the host cannot call. */
export class NativeFunction {
  readonly name: string;
  readonly parts: NativeParts;

  constructor(name: string, parts: NativeParts) {
    this.name = name;
    this.parts = parts;
  }
}

/** A `$`-variable that computes its members when asked, such as `$input`. */
export class Facade {
  readonly name: string;
  private readonly members: ReadonlyMap<string, (context: Context) => unknown>;
  private readonly otherwise: ((key: string, context: Context) => unknown) | undefined;

  constructor(
    name: string,
    members: ReadonlyMap<string, (context: Context) => unknown>,
    otherwise?: (key: string, context: Context) => unknown,
  ) {
    this.name = name;
    this.members = members;
    this.otherwise = otherwise;
  }

  get(key: string, context: Context): unknown {
    const member = this.members.get(key);
    return member ? member(context) : this.otherwise?.(key, context);
  }

  keys(): string[] {
    return [...this.members.keys()];
  }
}

/** An iterator as the expression sees it: over a list made beforehand. */
export class GuestIterator {
  readonly items: readonly unknown[];
  position = 0;

  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** An error made by the expression, or told to it. Data: the host never throws or logs it. */
export class GuestError {
  readonly name: string;
  message: string;
  readonly cause: unknown;

  constructor(name: string, message: string, cause?: unknown) {
    this.name = name;
    this.message = message;
    this.cause = cause;
  }
}

/** Something the expression threw: a value, on its way to the expression's own `catch` or to the end. */
export class Thrown {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** An ordinary error, as JavaScript would raise it here. Cheap: no stack is taken. */
export const typeError = (message: string) => new Thrown(new GuestError('TypeError', message));
export const rangeError = (message: string) => new Thrown(new GuestError('RangeError', message));

/** Thrown where scope data would change: the evaluator starts again on copies. */
export class NeedsCopies {
  readonly reason = 'scope data would change';
}

export const isCallable = (value: unknown): value is GuestFunction | NativeFunction =>
  value instanceof GuestFunction ||
  (value instanceof NativeFunction && value.parts.call !== undefined);

/** Calls a value of the expression. */
export function call(context: Context, callee: unknown, self: unknown, args: unknown[]): unknown {
  if (callee instanceof GuestFunction) return callee.call(context, args);
  if (callee instanceof NativeFunction && callee.parts.call) {
    context.spend(1);
    return callee.parts.call(context, self, args);
  }
  throw typeError(`${typeof callee} is not a function`);
}

/** A value of the expression as the callback of one walk along a list. */
export function callbackOf(context: Context, callee: unknown): ElementCallback {
  if (callee instanceof GuestFunction) return callee.asCallback(context);
  if (!isCallable(callee)) throw typeError(`${typeof callee} is not a function`);
  return (element, index, list) => call(context, callee, undefined, [element, index, list]);
}

export const native = (name: string, code: NativeCode) => new NativeFunction(name, { call: code });

export const isRecord = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

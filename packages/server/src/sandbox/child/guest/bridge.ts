/* oxlint-disable typescript/no-explicit-any, unicorn/consistent-function-scoping -- this file travels
   into the isolate as text: functions must be self-contained, and values are whatever the user made */
/** What guest functions share. Everything here lives inside the isolate; only text leaves it. */
export interface Bridge {
  /** One-way message to the child process. */
  post(kind: string, id: number, text: string): void;
  /** Asks the host and waits. Throws what the host answered when it refused. */
  ask(name: string, args: readonly unknown[]): unknown;
  /** Asks the host without waiting. */
  call(name: string, args: readonly unknown[]): Promise<unknown>;
  /** JSON text, at most `limit` characters; `undefined` for what JSON has no word for. */
  encode(value: unknown, limit: number): string | undefined;
  describe(thrown: unknown): GuestError;
  /** Settles the promise of an earlier `call`. */
  settle(id: number, text: string): void;
  readonly parse: (text: string) => unknown;
  readonly define: (name: string, value: unknown) => void;
  readonly defineGetter: (name: string, get: () => unknown) => void;
}

export interface GuestError {
  readonly name: string;
  readonly message: string;
  readonly line?: number;
}

/**
 * Makes the bridge. Runs inside the isolate before any user code, so it takes its own hold of the
 * built-ins: later changes to prototypes or globals change nothing here. Self-contained on purpose:
 * it is shipped as text (`toString`), imports would not travel.
 */
export function createBridge(
  send: (kind: string, id: number, text: string) => void,
  askReference: object,
): Bridge {
  const { apply, getPrototypeOf, defineProperty } = Reflect;
  const { parse, stringify } = JSON;
  const { isArray } = Array;
  const { isFinite } = Number;
  const { keys, create } = Object;
  const { exec } = RegExp.prototype;
  const { slice } = String.prototype;
  const GuestPromise = Promise;
  const GuestError = Error;
  const toText = String;
  const toNumber = Number;
  const { applySyncPromise }: any = getPrototypeOf(askReference); // isolated-vm's Reference.prototype
  const argsLimit = 32 * 1024 * 1024;
  const depthLimit = 500;
  const pending = create(null);
  let lastCall = 0;

  const post = (kind: string, id: number, text: string) => apply(send, undefined, [kind, id, text]);

  function encode(root: unknown, limit: number): string | undefined {
    const ancestors = create(null);
    let used = 0;
    const spend = (text: string) => {
      used += text.length + 1;
      if (used > limit) throw new GuestError(`The data is larger than ${limit} characters`);
      return text;
    };
    const enter = (value: object, depth: number) => {
      if (depth > depthLimit) throw new GuestError('The data is nested too deeply');
      for (let i = 0; i < depth; i++) {
        if (ancestors[i] === value) throw new GuestError('Converting circular structure to JSON');
      }
      ancestors[depth] = value;
    };
    const list = (value: readonly unknown[], depth: number) => {
      let text = '[';
      for (let i = 0; i < value.length; i++) {
        text += (i > 0 ? ',' : '') + (walk(value[i], depth + 1, toText(i)) ?? spend('null'));
      }
      return text + ']';
    };
    const record = (value: Readonly<Record<string, unknown>>, depth: number) => {
      const names = keys(value);
      let text = '';
      for (let i = 0; i < names.length; i++) {
        const name = names[i] ?? '';
        if (name === '__proto__')
          throw new GuestError('The key "__proto__" is not allowed in data');
        const inner = walk(value[name], depth + 1, name);
        if (inner !== undefined) text += (text ? ',' : '') + spend(stringify(name)) + ':' + inner;
      }
      return '{' + text + '}';
    };
    const text = (value: string) => {
      if (used + value.length > limit) spend(value);
      return spend(stringify(value));
    };
    const walk = (given: unknown, depth: number, key: string): string | undefined => {
      let value: any = given; // any value of the user's, of any shape
      if (value !== null && (typeof value === 'object' || typeof value === 'bigint')) {
        const toJson = value.toJSON;
        if (typeof toJson === 'function') value = apply(toJson, value, [key]);
      }
      if (typeof value === 'string') return text(value);
      if (typeof value === 'number') return spend(isFinite(value) ? toText(value) : 'null');
      if (typeof value === 'boolean') return spend(value ? 'true' : 'false');
      if (value === null) return spend('null');
      if (typeof value === 'bigint') throw new GuestError('Do not know how to serialize a BigInt');
      if (typeof value !== 'object') return undefined;
      enter(value, depth);
      spend('');
      return isArray(value) ? list(value, depth) : record(value, depth);
    };
    return walk(root, 0, '');
  }

  const argsText = (args: readonly unknown[]) => encode(args, argsLimit) ?? '[]';

  function answer(text: string): unknown {
    const { ok, value, message } = parse(text);
    if (ok === true) return value;
    throw new GuestError(toText(message));
  }

  function ask(name: string, args: readonly unknown[]): unknown {
    return answer(apply(applySyncPromise, askReference, [undefined, [name, argsText(args)]]));
  }

  function call(name: string, args: readonly unknown[]): Promise<unknown> {
    const text = argsText(args);
    const id = ++lastCall;
    return new GuestPromise((resolve, reject) => {
      pending[id] = { resolve, reject };
      post('call', id, `{"name":${stringify(name)},"args":${text}}`);
    });
  }

  function settle(id: number, text: string): void {
    const waiting = pending[id];
    delete pending[id];
    if (!waiting) return;
    try {
      waiting.resolve(answer(text));
    } catch (error) {
      waiting.reject(error);
    }
  }

  /** Reads a thrown value with the guest's own rights; whatever it is, this gives three plain fields. */
  function describe(thrown: any): GuestError {
    const cut = (value: unknown) => apply(slice, toText(value), [0, 10_000]);
    try {
      if (thrown === null || typeof thrown !== 'object' || thrown.message === undefined) {
        return { name: 'Error', message: cut(encode(thrown, 10_000) ?? toText(thrown)) };
      }
      const found = apply(exec, /code\.js:(\d+)/, [cut(thrown.stack)]);
      const error = { name: cut(thrown.name), message: cut(thrown.message) };
      return found ? { ...error, line: toNumber(found[1]) - 2 } : error;
    } catch {
      return { name: 'Error', message: 'The code threw a value that cannot be read' };
    }
  }

  return {
    post,
    ask,
    call,
    encode,
    describe,
    settle,
    parse,
    define: (name, value) =>
      defineProperty(globalThis, name, {
        value,
        writable: true,
        configurable: true,
        enumerable: true,
      }),
    defineGetter: (name, get) =>
      defineProperty(globalThis, name, {
        get,
        set: (value) =>
          defineProperty(globalThis, name, {
            value,
            writable: true,
            configurable: true,
            enumerable: true,
          }),
        configurable: true,
        enumerable: true,
      }),
  };
}

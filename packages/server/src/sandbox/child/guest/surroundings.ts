/* oxlint-disable typescript/no-explicit-any, unicorn/consistent-function-scoping -- this file travels
   into the isolate as text: functions must be self-contained, and values are whatever the user made */
import type { Bridge } from './bridge.ts';

export interface LogLine {
  readonly level: string;
  readonly text: string;
}

export interface Surroundings {
  /** JSON text of what was logged, already within its limits. */
  logsText(): string;
  fireTimer(id: number): void;
}

/** Console, timers, URLs, and a `require` that says why it refuses. */
export function installSurroundings({ define, encode, post, ask }: Bridge): Surroundings {
  const { stringify } = JSON;
  const { apply } = Reflect;
  const { slice } = String.prototype;
  const lineLimit = 8_000;
  const logLimit = 200_000;
  const maxLines = 500;
  const timers = Object.create(null);
  let lastTimer = 0;
  let lines = 0;
  let logs = '';

  const show = (value: unknown): string => {
    if (typeof value === 'string') return apply(slice, value, [0, lineLimit]);
    try {
      const error = value instanceof Error ? `${value.name}: ${value.message}` : undefined;
      return error ?? encode(value, lineLimit) ?? String(value);
    } catch {
      return '[too large to show]';
    }
  };
  const log =
    (level: string) =>
    (...values: readonly unknown[]) => {
      if (lines >= maxLines || logs.length >= logLimit) return;
      let text = '';
      for (let i = 0; i < values.length && text.length < lineLimit; i++)
        text += (i > 0 ? ' ' : '') + show(values[i]);
      lines++;
      logs +=
        (logs ? ',' : '') +
        `{"level":"${level}","text":${stringify(apply(slice, text, [0, lineLimit]))}}`;
    };
  define('console', {
    log: log('info'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    debug: log('debug'),
    table: log('info'),
    trace: log('debug'),
  });

  const startTimer =
    (isRepeated: boolean) =>
    (run: unknown, ms: unknown = 0, ...args: unknown[]) => {
      if (typeof run !== 'function') throw new TypeError('The callback must be a function');
      const id = ++lastTimer;
      const wait = Math.max(isRepeated ? 1 : 0, Number(ms) || 0);
      timers[id] = { run, args, wait, isRepeated };
      post('timer', id, String(wait));
      return id;
    };
  const stopTimer = (id: unknown) => {
    delete timers[Number(id)];
  };
  define('setTimeout', startTimer(false));
  define('setInterval', startTimer(true));
  define('setImmediate', (run: unknown, ...args: unknown[]) => startTimer(false)(run, 0, ...args));
  define('clearTimeout', stopTimer);
  define('clearInterval', stopTimer);
  define('clearImmediate', stopTimer);
  define('queueMicrotask', (run: () => unknown) => void Promise.resolve().then(run));
  define('structuredClone', (value: unknown) =>
    JSON.parse(encode(value, 32 * 1024 * 1024) ?? 'null'),
  );
  define('require', (name: unknown) => {
    throw new Error(
      `Module '${String(name)}' is disallowed: code runs without modules. Use this.helpers or another node`,
    );
  });

  const fields = [
    'href',
    'origin',
    'protocol',
    'username',
    'password',
    'host',
    'hostname',
    'port',
    'pathname',
    'search',
    'hash',
  ];
  class GuestSearchParams {
    #pairs: [string, string][];
    constructor(init: any = '') {
      if (typeof init === 'string')
        this.#pairs = ask('url.query', [init]) as [string, string][]; // the child answers with pairs
      else
        this.#pairs = (
          typeof init?.[Symbol.iterator] === 'function' ? [...init] : Object.entries(init)
        ).map(([key, value]: any) => [String(key), String(value)]);
    }
    append(key: unknown, value: unknown) {
      this.#pairs.push([String(key), String(value)]);
    }
    delete(key: unknown) {
      this.#pairs = this.#pairs.filter(([name]) => name !== String(key));
    }
    get(key: unknown) {
      return this.#pairs.find(([name]) => name === String(key))?.[1] ?? null;
    }
    getAll(key: unknown) {
      return this.#pairs.filter(([name]) => name === String(key)).map(([, value]) => value);
    }
    has(key: unknown) {
      return this.#pairs.some(([name]) => name === String(key));
    }
    set(key: unknown, value: unknown) {
      const at = this.#pairs.findIndex(([name]) => name === String(key));
      this.delete(key);
      this.#pairs.splice(at < 0 ? this.#pairs.length : at, 0, [String(key), String(value)]);
    }
    forEach(run: (value: string, key: string) => void) {
      for (const [key, value] of this.#pairs) run(value, key);
    }
    entries() {
      return this.#pairs.map(([key, value]): [string, string] => [key, value])[Symbol.iterator]();
    }
    keys() {
      return this.#pairs.map(([key]) => key)[Symbol.iterator]();
    }
    values() {
      return this.#pairs.map(([, value]) => value)[Symbol.iterator]();
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      return String(ask('url.format', [this.#pairs]));
    }
  }
  class GuestUrl {
    [key: string]: any;
    constructor(url: unknown, base?: unknown) {
      this.$fill(
        ask('url.parse', base === undefined ? [String(url)] : [String(url), String(base)]),
      );
    }
    $fill(parts: any) {
      for (const field of fields) {
        Object.defineProperty(this, field, {
          configurable: true,
          enumerable: true,
          get: () => (field === 'href' ? this.toString() : parts[field]),
          set: (value) => this.$fill(ask('url.set', [this.toString(), field, String(value)])),
        });
      }
      const params = new GuestSearchParams(parts.search);
      const before = params.toString();
      Object.defineProperty(this, 'searchParams', { configurable: true, value: params });
      Object.defineProperty(this, 'toString', {
        configurable: true,
        value: () => {
          const query = params.toString();
          if (query === before) return parts.href;
          const head = parts.href.slice(
            0,
            parts.href.length - parts.search.length - parts.hash.length,
          );
          return head + (query ? '?' + query : '') + parts.hash;
        },
      });
    }
    toJSON() {
      return this.toString();
    }
  }
  Object.defineProperty(GuestUrl.prototype, '$fill', { enumerable: false });
  define('URL', GuestUrl);
  define('URLSearchParams', GuestSearchParams);

  return {
    logsText: () => `[${logs}]`,
    fireTimer(id) {
      const timer = timers[id];
      if (!timer) return;
      if (timer.isRepeated) post('timer', id, String(timer.wait));
      else delete timers[id];
      apply(timer.run, undefined, timer.args);
    },
  };
}

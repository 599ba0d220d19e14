/* oxlint-disable typescript/no-explicit-any, unicorn/consistent-function-scoping -- this file travels
   into the isolate as text: functions must be self-contained, and values are whatever the user made */
import type { Bridge } from './bridge.ts';

/** What one attempt works on, as the host sent it. */
export interface GuestJob {
  readonly source: string;
  readonly mode: 'allItems' | 'eachItem';
  readonly items: readonly any[];
  /** Further globals by name. */
  readonly scope: Readonly<Record<string, unknown>>;
  readonly staticData?: { readonly global: object; readonly node: object };
  readonly timezone?: string;
  readonly recordsItemErrors: boolean;
  readonly maxResultChars: number;
}

export interface WorkflowData {
  /** Points `$json`, `item`, `$itemIndex` and their like at one item. */
  moveTo(itemIndex: number): void;
  /** `this` of the user's body. */
  readonly self: object;
}

/** The n8n names of a Code node: `$input`, `$('X')`, `$node`, `$now`, `this.helpers` and the rest. */
export function installWorkflowData(bridge: Bridge, job: GuestJob): WorkflowData {
  const { define, defineGetter, ask, call } = bridge;
  const { items } = job;
  let index = 0;

  const lookup = (kind: string, name: unknown, ...args: unknown[]) =>
    ask('lookup', [kind, String(name), index, ...args]);
  const lazy = (target: object, name: string, get: () => unknown) =>
    Object.defineProperty(target, name, { get, enumerable: true, configurable: true });

  const input = { all: () => items, first: () => items[0], last: () => items.at(-1) };
  lazy(input, 'item', () => items[index]);
  lazy(input, 'params', () => lookup('inputParams', ''));
  lazy(input, 'context', () => lookup('inputContext', ''));
  define('$input', input);
  define('items', items);

  const nodeData = (name: unknown) => {
    const node = {
      all: (branch?: number, run?: number) => lookup('all', name, branch, run),
      first: (branch?: number, run?: number) => lookup('first', name, branch, run),
      last: (branch?: number, run?: number) => lookup('last', name, branch, run),
      itemMatching: (at: number) => lookup('itemMatching', name, at),
      pairedItem: (at: number = index) => lookup('itemMatching', name, at),
    };
    for (const field of ['item', 'params', 'context', 'isExecuted'])
      lazy(node, field, () => lookup(field, name));
    return node;
  };
  define('$', nodeData);
  define('$items', (name?: string, output = 0, run?: number) =>
    name === undefined ? items : lookup('all', name, output, run),
  );
  define(
    '$node',
    new Proxy(Object.create(null), {
      get: (_, name) => {
        const node = {};
        for (const field of ['json', 'binary', 'data', 'context', 'parameter', 'runIndex']) {
          lazy(node, field, () => lookup(`node.${field}`, name));
        }
        return node;
      },
    }),
  );
  define(
    '$env',
    new Proxy(Object.create(null), {
      get: () => {
        throw new Error('access to env vars denied');
      },
    }),
  );
  defineGetter('$parameter', () => lookup('parameter', ''));
  const jmespath = (data: unknown, query: unknown) => ask('jmespath', [data, query]);
  define('$jmespath', jmespath);
  define('$jmesPath', jmespath);
  define('$getWorkflowStaticData', (kind: string) => {
    if (kind !== 'global' && kind !== 'node')
      throw new Error('The type must be "global" or "node"');
    return job.staticData?.[kind];
  });

  for (const [name, value] of Object.entries(job.scope)) define(name, value);
  const execution: any = job.scope['$execution'];
  if (execution) {
    execution.customData = {
      set: (key: unknown, value: unknown) => void ask('customData.set', [key, value]),
      setAll: (values: object) =>
        Object.entries(values).forEach((pair) => ask('customData.set', pair)),
      get: (key: unknown) => ask('customData.get', [key]),
      getAll: () => ask('customData.getAll', []),
    };
  }

  const { luxon }: any = globalThis;
  if (luxon) {
    luxon.Settings.defaultZone = job.timezone ?? 'UTC';
    define('DateTime', luxon.DateTime);
    define('Interval', luxon.Interval);
    define('Duration', luxon.Duration);
    defineGetter('$now', () => luxon.DateTime.now());
    defineGetter('$today', () => luxon.DateTime.now().startOf('day'));
  }

  const bytesOf = (value: any) =>
    value instanceof Uint8Array
      ? { $base64: (globalThis as any).Buffer.from(value).toString('base64') }
      : value;
  const helpers = {
    httpRequest: (options: any) =>
      call('httpRequest', [options?.body ? { ...options, body: bytesOf(options.body) } : options]),
    prepareBinaryData: (data: unknown, fileName?: string, mimeType?: string) =>
      call('prepareBinaryData', [bytesOf(data), fileName, mimeType]),
    getBinaryDataBuffer: async (itemIndex: number, property: unknown) => {
      const text = await call('getBinaryData', [
        items[itemIndex]?.binary?.[String(property)] ?? property,
      ]);
      return (globalThis as any).Buffer.from(text, 'base64');
    },
  };
  define('$helpers', helpers);

  const moveTo = (itemIndex: number) => {
    index = itemIndex;
    const item = items[itemIndex];
    for (const name of ['$itemIndex', '$position', '$thisItemIndex']) define(name, itemIndex);
    for (const name of ['$json', '$data']) define(name, item?.json);
    define('$binary', item?.binary);
    for (const name of job.mode === 'eachItem' ? ['item', '$thisItem'] : ['$thisItem'])
      define(name, item);
  };
  moveTo(0);
  return {
    moveTo,
    self: { helpers, getWorkflowStaticData: (kind: 'global' | 'node') => job.staticData?.[kind] },
  };
}

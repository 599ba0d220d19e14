import type { Context } from '../context.ts';
import { call, callbackOf, isCallable, typeError } from '../values.ts';
import type { Method } from './type.ts';

type ListMethod = Method<unknown[]>;

/** `list.map(callback)`. */
export function mapElements(
  context: Context,
  list: readonly unknown[],
  callback: unknown,
): unknown[] {
  context.reserveList(list.length);
  const each = callbackOf(context, callback);
  const out: unknown[] = [];
  for (let index = 0; index < list.length; index++) out.push(each(list[index], index, list));
  return out;
}

/** Index of the first element (from `start`, by `step`) for which `callback` holds, or -1. */
function findFrom(
  context: Context,
  list: readonly unknown[],
  callback: unknown,
  isForward: boolean,
): number {
  const step = isForward ? 1 : -1;
  const isMatch = callbackOf(context, callback);
  for (
    let index = isForward ? 0 : list.length - 1;
    index >= 0 && index < list.length;
    index += step
  ) {
    if (isMatch(list[index], index, list)) return index;
  }
  return -1;
}

const reduce =
  (isForward: boolean): ListMethod =>
  (context, self, args) => {
    if (!isCallable(args[0])) throw typeError(`${typeof args[0]} is not a function`);
    const step = isForward ? 1 : -1;
    let index = isForward ? 0 : self.length - 1;
    let result: unknown = args[1];
    if (args.length < 2) {
      if (self.length === 0) throw typeError('Reduce of empty array with no initial value');
      result = self[index];
      index += step;
    }
    for (; index >= 0 && index < self.length; index += step) {
      result = call(context, args[0], undefined, [result, self[index], index, self]);
    }
    return result;
  };

const METHODS: Readonly<Record<string, ListMethod>> = {
  map: (context, self, args) => mapElements(context, self, args[0]),
  filter: (context, self, args) => {
    const isKept = callbackOf(context, args[0]);
    const out: unknown[] = [];
    for (let index = 0; index < self.length; index++) {
      const element = self[index];
      if (isKept(element, index, self)) out.push(element);
    }
    context.reserveList(out.length);
    return out;
  },
  forEach: (context, self, [callback]) => {
    const each = callbackOf(context, callback);
    for (let index = 0; index < self.length; index++) each(self[index], index, self);
  },
  find: (context, self, [callback]) => self[findFrom(context, self, callback, true)],
  findIndex: (context, self, [callback]) => findFrom(context, self, callback, true),
  findLast: (context, self, [callback]) => self[findFrom(context, self, callback, false)],
  findLastIndex: (context, self, [callback]) => findFrom(context, self, callback, false),
  some: (context, self, [callback]) => findFrom(context, self, callback, true) >= 0,
  every: (context, self, [callback]) => {
    const isMatch = callbackOf(context, callback);
    for (let index = 0; index < self.length; index++) {
      if (!isMatch(self[index], index, self)) return false;
    }
    return true;
  },
  flatMap: (context, self, [callback]) => {
    const out: unknown[] = [];
    for (const part of mapElements(context, self, callback)) {
      if (Array.isArray(part)) {
        context.reserveList(part.length);
        for (const element of part) out.push(element);
      } else out.push(part);
      if (out.length > context.limits.arrayLength) context.reserveList(out.length);
    }
    return out;
  },
  reduce: reduce(true),
  reduceRight: reduce(false),
};

/** The list methods that take a function. Each counts as a nested call while it walks. */
export const ARRAY_CALLBACKS: Readonly<Record<string, ListMethod>> = Object.fromEntries(
  Object.entries(METHODS).map(([name, method]) => [name, nested(method)]),
);

function nested(method: ListMethod): ListMethod {
  return (context, self, args) => {
    context.enter();
    const result = method(context, self, args);
    context.leave();
    return result;
  };
}

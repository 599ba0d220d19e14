import type { Context } from '../context.ts';
import { call, Facade, isCallable, native } from '../values.ts';

/**
 * `$item(2)`: what the `$`-variables say from another item's place.
 *
 * @param read - A variable's value by its name, with `$`.
 */
export const itemAt = (index: number, read: (name: string, context: Context) => unknown): Facade =>
  new Facade(
    `$item(${index})`,
    new Map(
      WHOLE.map((name) => [
        name,
        (context: Context) => standingAt(context, index, () => read(name, context)),
      ]),
    ),
    (name, context) => standingAt(context, index, () => seenFrom(read(name, context), index)),
  );

/** What `$item(2)` shows as a whole. */
const WHOLE = ['$json', '$binary', '$itemIndex'] as const;

/** Variables that compute their members when asked do so from that place too, and so do functions. */
function seenFrom(value: unknown, index: number): unknown {
  if (value instanceof Facade) {
    const get = (key: string, context: Context) =>
      standingAt(context, index, () => seenFrom(value.get(key, context), index));
    const members = value
      .keys()
      .map((key): [string, (context: Context) => unknown] => [key, (context) => get(key, context)]);
    return new Facade(value.name, new Map(members), get);
  }
  if (!isCallable(value)) return value;
  return native(value.name, (context, self, args) =>
    standingAt(context, index, () => seenFrom(call(context, value, self, [...args]), index)),
  );
}

function standingAt<T>(context: Context, index: number, work: () => T): T {
  const before = context.itemIndex;
  context.itemIndex = index;
  try {
    return work();
  } finally {
    context.itemIndex = before;
  }
}

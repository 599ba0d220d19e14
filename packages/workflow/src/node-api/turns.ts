import type { Item } from '../items/index.ts';
import type { ExecuteContext } from './context.ts';

/** What a long loop needs to let others have their turn. */
type Turns = Pick<ExecuteContext, 'now' | 'sleep'>;

/** How long a loop may hold the event loop at a time. */
const TURN_MS = 10;
/** Steps between two looks at the clock. */
const STRIDE = 16;

/**
 * Visits each item of the first input in order, then gives what `result` says: at once when that is quick, else
 * in turns, so that a batch of any size holds the event loop for milliseconds only.
 *
 * @throws what `visit` throws; the cancellation, between turns.
 */
export function visitItems<R>(
  context: Turns & Pick<ExecuteContext, 'items'>,
  visit: (item: Item, index: number) => void,
  result: () => R,
): R | Promise<R> {
  const items = context.items();
  const done = inTurns(context, items.length, (index) => {
    const item = items[index];
    if (item) visit(item, index);
  });
  return done ? done.then(result) : result();
}

/** Makes one item of each item of the first input, in turns when that takes long. */
export function mapItems(
  context: Turns & Pick<ExecuteContext, 'items'>,
  make: (item: Item, index: number) => Item,
): [Item[]] | Promise<[Item[]]> {
  const made: Item[] = [];
  const visit = (item: Item, index: number) => void made.push(make(item, index));
  return visitItems<[Item[]]>(context, visit, () => [made]);
}

/**
 * For loops that await what is settled already, and so never let go: called at each step, it gives a pause to
 * await when the loop has held the event loop for long enough.
 */
export function createPauses(context: Turns): () => Promise<void> | undefined {
  let steps = 0;
  let endsAt: number | undefined;
  return () => {
    steps += 1;
    if (steps % STRIDE !== 0) return undefined;
    endsAt ??= context.now() + TURN_MS;
    if (context.now() < endsAt) return undefined;
    endsAt = undefined;
    return context.sleep(0);
  };
}

/**
 * Takes `count` steps, in turns when they take long. `undefined` when all are taken already.
 *
 * @param options - `stride`: steps between two looks at the clock; 1 where a step itself is long.
 */
export function inTurns(
  context: Turns,
  count: number,
  take: (index: number) => void,
  { stride = STRIDE }: { readonly stride?: number } = {},
): Promise<void> | undefined {
  const steps = { count, take, stride };
  const reached = takeTurn(context, 0, steps);
  return reached < count ? takeRest(context, reached, steps) : undefined;
}

interface Steps {
  readonly count: number;
  readonly take: (index: number) => void;
  readonly stride: number;
}

async function takeRest(context: Turns, from: number, steps: Steps): Promise<void> {
  for (let reached = from; reached < steps.count;) {
    await context.sleep(0);
    reached = takeTurn(context, reached, steps);
  }
}

/** Takes steps until the turn is over; gives the index of the first one not taken. */
function takeTurn(context: Turns, from: number, { count, take, stride }: Steps): number {
  let index = from;
  let endsAt: number | undefined;
  while (index < count) {
    const next = Math.min(count, index + stride);
    if (next < count) endsAt ??= context.now() + TURN_MS;
    while (index < next) take(index++);
    if (endsAt !== undefined && index < count && context.now() >= endsAt) break;
  }
  return index;
}

import type { Item, ItemOrigin, PairedItem, RunSource } from '../../items/index.ts';
import { ExpressionError, type FailureType } from '../expression.errors.ts';
import type { EvaluationScope } from '../scope.ts';
import {
  ancestorsOf,
  isExecuted,
  outputItems,
  requireNode,
  notExecuted,
  runsOf,
} from './node-data.ts';

/**
 * The item of `target` that the current item comes from: `$('X').item` (n8n-facts B3).
 *
 * Walks lineage back run by run. When it forks, all forks that arrive must arrive at the same item.
 */
export function pairedItem(scope: EvaluationScope, target: string, itemIndex: number): Item {
  requireNode(scope, target);
  if (!ancestorsOf(scope, scope.node.name).has(target)) {
    if (!isExecuted(scope, target)) throw notExecuted(target);
    throw failure(
      target,
      'paired_item_no_connection',
      'Invalid expression',
      `There is no path back from this node to "${target}"`,
    );
  }
  if (!isExecuted(scope, target)) throw notExecuted(target);
  const item = scope.input[itemIndex];
  if (!item) return unpairedItem(scope, target, itemIndex);
  const found = walkOrigins(
    { scope, target, itemIndex, seen: 0 },
    item.pairedItem ?? soleOrigin(scope),
    scope.sources,
  );
  return found;
}

/** Previews without input take the item of the same index. */
function unpairedItem(scope: EvaluationScope, target: string, itemIndex: number): Item {
  const item = outputItems(scope, target)[itemIndex];
  if (!item) throw notExecuted(target);
  return item;
}

/** A lone input item can only come from the lone item of its source. */
const soleOrigin = (scope: EvaluationScope): PairedItem | undefined =>
  scope.input.length === 1 ? { item: 0 } : undefined;

interface Walk {
  readonly scope: EvaluationScope;
  readonly target: string;
  readonly itemIndex: number;
  seen: number;
}

const MAX_STEPS = 100_000;

function walkOrigins(
  walk: Walk,
  paired: PairedItem | undefined,
  sources: readonly (RunSource | null)[],
): Item {
  if (paired === undefined) {
    throw failure(
      walk.target,
      'paired_item_no_info',
      "Can't get data for expression",
      'An earlier node did not say which input item its output comes from',
    );
  }
  const origins = originsOf(paired);
  const [only] = origins;
  if (only && origins.length === 1) return walkOne(walk, only, sources);
  return agree(walk, origins, sources);
}

function agree(
  walk: Walk,
  origins: readonly ItemOrigin[],
  sources: readonly (RunSource | null)[],
): Item {
  const found = new Set<Item>();
  let firstError: unknown;
  for (const origin of origins) {
    try {
      found.add(walkOne(walk, origin, sources));
    } catch (error) {
      if (error instanceof ExpressionError && error.details.type === 'paired_item_multiple_matches')
        throw error;
      firstError ??= error;
    }
  }
  const [item, another] = found;
  if (another) throw multipleMatches(walk.target);
  if (item) return item;
  throw (
    firstError ??
    failure(
      walk.target,
      'paired_item_no_info',
      "Can't get data for expression",
      'There is no lineage',
    )
  );
}

const multipleMatches = (target: string) =>
  failure(
    target,
    'paired_item_multiple_matches',
    'Multiple matches found',
    `There are several matching items in "${target}"; use .first(), .last() or .all()[index]`,
  );

function originsOf(paired: PairedItem): ItemOrigin[] {
  const list = Array.isArray(paired) ? paired : [paired];
  return list.map((origin: number | ItemOrigin) =>
    typeof origin === 'number' ? { item: origin } : origin,
  );
}

function walkOne(walk: Walk, origin: ItemOrigin, sources: readonly (RunSource | null)[]): Item {
  if (++walk.seen > MAX_STEPS) throw invalid(walk.target);
  const source = origin.sourceOverwrite ?? sources[origin.input ?? 0];
  if (!source) throw invalid(walk.target);
  const run = runsOf(walk.scope, source.previousNode)[source.previousNodeRun ?? 0];
  const batch = run
    ? run.outputs[source.previousNodeOutput ?? 0]
    : pinned(walk.scope, source.previousNode);
  const item = batch?.[origin.item];
  if (!item) throw invalid(walk.target);
  if (source.previousNode === walk.target) return item;
  if (!run) throw invalid(walk.target);
  return walkOrigins(walk, item.pairedItem, run.sources);
}

function pinned(scope: EvaluationScope, node: string) {
  return scope.pinData && Object.hasOwn(scope.pinData, node) ? scope.pinData[node] : undefined;
}

const invalid = (target: string) =>
  failure(
    target,
    'paired_item_invalid_info',
    "Can't get data for expression",
    `An earlier node points to an input item that does not exist, so the way back to "${target}" is lost`,
  );

const failure = (node: string, type: FailureType, message: string, description: string) =>
  new ExpressionError(
    message,
    { node, name: node, type, description },
    `Use $("${node}").first(), .last() or .all() in place of .item`,
  );

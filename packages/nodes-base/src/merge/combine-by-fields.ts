import { NodeError } from '@millrace/workflow/errors';
import type { Batch, Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { fieldList } from '../fields/field-list.ts';
import { clashHandling, mergeItems, withSuffix, type ClashHandling } from './clash.ts';
import { matchFields, type FieldPair, type Matches } from './match-fields.ts';
import { lineage, paired } from './lineage.ts';

/** Joins two inputs on equal fields, as the join mode says. */
export function combineByFields(context: ExecuteContext): Batch {
  const joinMode = String(context.param('joinMode', 0, { fallback: 'keepMatches' }));
  const outputFrom = String(context.param('outputDataFrom', 0, { fallback: 'both' }));
  const style =
    context.param('options.disableDotNotation', 0, { fallback: false }) === true ? 'key' : 'path';
  const inputs = [paired(context.items(0), 0), paired(context.items(1), 1)] as const;
  const found = matchFields(inputs[0], inputs[1], {
    pairs: fieldPairs(context),
    style,
    isFuzzy: context.param('options.fuzzyCompare', 0, { fallback: false }) === true,
    isFirstOnly: context.param('options.multipleMatches', 0, { fallback: 'all' }) === 'first',
  });
  if (joinMode === 'keepNonMatches') return nonMatches(found, outputFrom);
  if (joinMode === 'keepMatches' && outputFrom === 'input1')
    return found.matched.map(({ entry }) => entry);
  if (joinMode === 'keepMatches' && outputFrom === 'input2') return found.matched2;
  return joined(context, found, joinMode);
}

function joined(context: ExecuteContext, found: Matches, joinMode: string): Batch {
  const clash = clashHandling(
    context,
    joinMode === 'enrichInput2' ? 'preferInput1' : 'preferInput2',
  );
  const both = found.matched.flatMap(({ entry, matches }) =>
    matches.map((match) => mergePair(entry, match, clash)),
  );
  const hasSuffix = clash.resolve === 'addSuffix';
  const rest1 = hasSuffix
    ? found.unmatched1.map((item) => withSuffix(item, '1'))
    : found.unmatched1;
  const rest2 = hasSuffix
    ? found.unmatched2.map((item) => withSuffix(item, '2'))
    : found.unmatched2;
  if (joinMode === 'enrichInput1') return [...both, ...rest1];
  if (joinMode === 'enrichInput2') return [...both, ...rest2];
  return joinMode === 'keepEverything' ? [...both, ...rest1, ...rest2] : both;
}

/** Two items as one: the preferred one last, so that its values win. */
export function mergePair(first: Item, second: Item, clash: ClashHandling): Item {
  if (clash.resolve === 'addSuffix') {
    return {
      ...mergeItems([withSuffix(first, '1'), withSuffix(second, '2')], clash),
      pairedItem: lineage([first, second]),
    };
  }
  const ordered = clash.resolve === 'preferInput1' ? [second, first] : [first, second];
  return { ...mergeItems(ordered, clash), pairedItem: lineage(ordered) };
}

function nonMatches({ unmatched1, unmatched2 }: Matches, outputFrom: string): Batch {
  if (outputFrom === 'input1') return unmatched1;
  if (outputFrom === 'input2') return unmatched2;
  return [...marked(unmatched1, 'input1'), ...marked(unmatched2, 'input2')];
}

const marked = (items: Batch, source: string) =>
  items.map((item) => ({ ...item, json: { ...item.json, _source: source } }));

function fieldPairs(context: ExecuteContext): FieldPair[] {
  const isAdvanced =
    context.node.typeVersion < 3 || context.param('advanced', 0, { fallback: false }) === true;
  const rows = context.param<readonly JsonObject[]>('mergeByFields.values', 0, { fallback: [] });
  const pairs = isAdvanced
    ? rows.map((row) => ({ field1: String(row.field1 ?? ''), field2: String(row.field2 ?? '') }))
    : fieldList(context.param('fieldsToMatchString', 0, { fallback: '' })).map((field) => ({
        field1: field,
        field2: field,
      }));
  if (pairs.length && pairs.every(({ field1, field2 }) => field1 && field2)) return pairs;
  throw new NodeError(
    'You need to define at least one pair of fields in "Fields to Match" to match on',
    { node: context.node.name },
    { fix: 'Name the fields to match' },
  );
}

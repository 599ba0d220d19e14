import { NodeError } from '@millrace/workflow/errors';
import type { Batch, Item, ItemOrigin, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { optionsOf } from '../items/for-each-item.ts';
import { lineage, paired } from './lineage.ts';

const TIMEOUT_MS = 60_000;

/** Column by which a row of an input is known again in the result. Never seen outside of here. */
const originColumn = (input: number): string => `__millraceItem${input}`;

/**
 * Runs in the sandbox, where AlaSQL has no files and no network: its SQL can define functions, so it is
 * code of a stranger. The last statement's rows are the result.
 */
const SOURCE = `
const database = new alasql.Database();
for (const [name, rows] of Object.entries(tables)) {
  database.exec('CREATE TABLE ' + name);
  database.tables[name].data = rows;
}
const result = database.exec(query, parameters);
const last = Array.isArray(result) && Array.isArray(result.at(-1)) ? result.at(-1) : result;
return Array.isArray(last) ? last : [];`;

/** The rows a query over the inputs gives, with `input1`, `input2` … as tables. */
export async function combineBySql(context: ExecuteContext, inputs: number): Promise<Batch> {
  const options = optionsOf(context, 0);
  const query = String(context.param('query', 0));
  const batches = Array.from({ length: inputs }, (_, input) => paired(context.items(input), input));
  const rows = await rowsOf(context, batches, { query, parameters: parametersOf(options) });
  const everything = lineage(batches.flat());
  if (rows.length > 0) return rows.map((row) => itemOf(row, query, everything));
  const initial = context.node.typeVersion < 3.2 ? 'success' : 'empty';
  const isSilent = (options.emptyQueryResult ?? initial) === 'empty';
  return isSilent ? [] : [{ json: { success: true }, pairedItem: everything }];
}

async function rowsOf(
  context: ExecuteContext,
  batches: readonly Batch[],
  { query, parameters }: { query: string; parameters: JsonObject },
): Promise<readonly JsonObject[]> {
  const tables = Object.fromEntries(
    batches.map((items, input) => [
      `input${input + 1}`,
      items.map(({ json }, index) => ({ ...json, [originColumn(input)]: index })),
    ]),
  );
  try {
    const { value } = await context.code.run({
      language: 'javaScript',
      mode: 'allItems',
      source: SOURCE,
      libraries: ['alasql'],
      scope: { tables, query: withOrigins(query, batches.length), parameters },
      timeoutMs: TIMEOUT_MS,
      signal: context.signal,
    });
    return Array.isArray(value) ? value : [];
  } catch (cause) {
    if (context.signal.aborted) throw cause;
    throw new NodeError(
      'Issue while executing query',
      {
        node: context.node.name,
        description: cause instanceof Error ? cause.message : String(cause),
      },
      { fix: 'Check the SQL: tables are called input1, input2 …', cause },
    );
  }
}

const SUMS_UP = /\bgroup\s+by\b|\b(?:count|sum|avg|min|max|array|aggr|first|last|median)\s*\(/i;
const MIXES = /\b(?:distinct|union|except|intersect|with)\b|\(\s*select\b|;\s*\S/i;
const RENAMES_TABLE =
  /\binput\d+\s+(?:as\s+)?(?!(?:as|on|using|where|group|order|having|limit|join|inner|left|right|full|outer|cross|natural|anti|semi|union)\b)[a-z_]/i;

/** Asks for the origin columns too, where that cannot change what the query finds. */
function withOrigins(query: string, inputs: number): string {
  if (SUMS_UP.test(query) || MIXES.test(query) || RENAMES_TABLE.test(query)) return query;
  const columns = Array.from({ length: inputs }, (_, input) => input)
    .filter((input) =>
      new RegExp(String.raw`\b(?:from|join|,)\s*input${input + 1}\b`, 'i').test(query),
    )
    .map((input) => `input${input + 1}.[${originColumn(input)}]`);
  const isListed = !/^\s*select\s+(?:top\s+\d+\s+)?\*/i.test(query);
  return columns.length && isListed
    ? query.replace(/^\s*select\s+/i, (select) => `${select}${columns.join(', ')}, `)
    : query;
}

/** A row without the origin columns, paired to the items they name; sums come from no item in particular. */
function itemOf(row: JsonObject, query: string, everything: readonly ItemOrigin[]): Item {
  const json: Record<string, unknown> = {};
  const origins: ItemOrigin[] = [];
  for (const [name, value] of Object.entries(row)) {
    const input = /^__millraceItem(\d+)$/.exec(name)?.[1];
    if (input === undefined) json[name] = value;
    else if (typeof value === 'number')
      origins.push(input === '0' ? { item: value } : { item: value, input: Number(input) });
  }
  if (SUMS_UP.test(query)) return { json, pairedItem: [] };
  return { json, pairedItem: origins.length > 0 ? origins : everything };
}

/** Values by number, as `$1` asks for them; from a list or text with commas. */
function parametersOf({ queryParameters }: JsonObject): JsonObject {
  const values: readonly unknown[] = Array.isArray(queryParameters)
    ? queryParameters
    : String(queryParameters ?? '')
        .split(',')
        .map((value) => value.trim());
  return Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
}

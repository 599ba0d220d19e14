import { randomInt } from 'node:crypto';
import { NodeError } from '@millrace/workflow/errors';
import type { Batch, JsonObject } from '@millrace/workflow/items';
import { defineNode, p, visitItems, type ExecuteContext } from '@millrace/workflow/node-api';
import { fieldReader, hasField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { sortInTurns } from './sort-in-turns.ts';

const CODE_TIMEOUT_MS = 60_000;

/** Puts items in order: by fields, by chance, or by the user's code. */
export const sortNode = defineNode({
  name: 'n8n-nodes-base.sort',
  label: 'Sort',
  description: 'Changes the order of items',
  version: 1,
  icon: icon('M7 4v16', 'M4 17l3 3 3-3', 'M13 6h7', 'M13 12h5', 'M13 18h3'),
  params: {
    type: p.options({
      label: 'Type',
      default: 'simple',
      choices: [
        { value: 'simple', label: 'Simple' },
        { value: 'random', label: 'Random' },
        { value: 'code', label: 'Code' },
      ],
    }),
    sortFieldsUi: p.list({
      label: 'Fields to sort by',
      group: 'sortField',
      sortable: true,
      addLabel: 'Add field',
      when: { type: ['simple'] },
      item: {
        fieldName: p.string({ label: 'Field name', required: true }),
        order: p.options({
          label: 'Order',
          default: 'ascending',
          choices: [
            { value: 'ascending', label: 'Ascending' },
            { value: 'descending', label: 'Descending' },
          ],
        }),
      },
    }),
    code: p.text({
      label: 'Code',
      rows: 10,
      default:
        '// a and b are two items: give a number below, at or above 0\nreturn a.json.name < b.json.name ? -1 : 1;',
      when: { type: ['code'] },
    }),
    options: p.collection({
      label: 'Options',
      when: { type: ['simple'] },
      fields: { disableDotNotation: p.boolean({ label: 'Disable dot notation' }) },
    }),
  },
  execute: async (context) => [await sortItems(context)],
});

/** The items of the node in the order its parameters ask for. */
export async function sortItems(context: ExecuteContext): Promise<Batch> {
  const items = context.items();
  switch (context.param('type', 0)) {
    case 'random':
      return shuffled(items);
    case 'code':
      return (await codeOrder(context, items)).flatMap((index) => items[index] ?? []);
    default:
      return byFields(context);
  }
}

async function byFields(context: ExecuteContext): Promise<Batch> {
  const items = context.items();
  const style =
    context.param('options.disableDotNotation', 0, { fallback: false }) === true ? 'key' : 'path';
  const rows = context.param<readonly JsonObject[]>('sortFieldsUi.sortField', 0, { fallback: [] });
  if (!rows.length)
    throw failure(
      context,
      'No sorting specified. Please add a field to sort by',
      'Add a field to sort by',
    );
  const fields = rows.map((row) => ({
    name: String(row.fieldName ?? ''),
    read: fieldReader(String(row.fieldName ?? ''), style),
    sign: row.order === 'descending' ? -1 : 1,
  }));
  const missing = fields.find(
    ({ name }) => !items.some((item) => hasField(item.json, name, style)),
  );
  if (missing)
    throw failure(
      context,
      `Couldn't find the field '${missing.name}' in the input data`,
      'Check the name of the field',
    );

  const signs = fields.map(({ sign }) => sign);
  const keyed: { readonly item: Batch[number]; readonly keys: readonly unknown[] }[] = [];
  await visitItems(
    context,
    (item) =>
      keyed.push({
        item,
        keys: fields.map(({ read }) => folded(read(item.json))),
      }),
    () => undefined,
  );
  const sorted = await sortInTurns(context, keyed, (a, b) => {
    for (let at = 0; at < signs.length; at += 1) {
      const order = compare(a.keys[at], b.keys[at], signs[at] ?? 1);
      if (order !== 0) return order;
    }
    return 0;
  });
  return sorted.map(({ item }) => item);
}

/** What is missing comes last. */
function compare(left: unknown, right: unknown, sign: number): number {
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined);
  if (isBelow(left, right)) return -sign;
  return isBelow(right, left) ? sign : 0;
}

/** Text without regard to case. */
const folded = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);

/** JavaScript's own order, numbers and numeric text alike. */
const isBelow = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a < b : Number(a) < Number(b);

function shuffled<T>(items: readonly T[]): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const [a, b] = [result[last], result[other]];
    if (a !== undefined && b !== undefined) [result[last], result[other]] = [b, a];
  }
  return result;
}

/** The user's comparison runs in the sandbox, which gives back the order of the indexes. */
async function codeOrder(context: ExecuteContext, items: Batch): Promise<number[]> {
  const code = String(context.param('code', 0));
  if (!code.includes('return')) {
    throw failure(
      context,
      "Sort code doesn't return. Please add a 'return' statement to your code",
      'Return a number',
    );
  }
  const source =
    `const compare = (a, b) => {\n${code}\n};\n` +
    'return items.map((_, index) => index).sort((x, y) => compare(items[x], items[y]));';
  const { value } = await context.code.run({
    language: 'javaScript',
    source,
    mode: 'allItems',
    scope: { items },
    timeoutMs: CODE_TIMEOUT_MS,
    signal: context.signal,
  });
  return Array.isArray(value) ? value.map(Number) : [];
}

const failure = (context: ExecuteContext, message: string, fix: string) =>
  new NodeError(message, { node: context.node.name }, { fix });

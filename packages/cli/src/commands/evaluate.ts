import { defineCommand } from 'citty';
import { evaluateTable, type ExpressionTable } from '@millrace/workflow/expression';
import { ArgError } from '../arg.error.ts';
import { readJson } from '../read-json.ts';

export default defineCommand({
  meta: { name: 'evaluate', description: 'Evaluate a table of expressions and print a JSON array' },
  args: {
    table: {
      type: 'string',
      description: 'File: {inputs, timezone, rows:[{expr,input}]}',
      required: true,
    },
  },
  async run({ args }) {
    const table = await readJson('--table', args.table);
    const results = evaluateTable(toTable(table));
    process.stdout.write(`${JSON.stringify(results)}\n`);
  },
});

/** The table as `evaluateTable` takes it; a bare list has its items inline. */
function toTable(json: unknown): ExpressionTable {
  if (Array.isArray(json) && json.every(isRow)) return { inputs: {}, rows: json };
  if (isTable(json)) return json;
  throw new ArgError(
    '--table',
    typeof json,
    'Give {inputs, timezone, rows:[{expr,input}]} or a list of rows',
  );
}

const isRow = (row: unknown): row is ExpressionTable['rows'][number] =>
  typeof row === 'object' && row !== null && 'expr' in row && typeof row.expr === 'string';

const isTable = (json: unknown): json is ExpressionTable =>
  typeof json === 'object' &&
  json !== null &&
  'inputs' in json &&
  'rows' in json &&
  Array.isArray(json.rows) &&
  json.rows.every(isRow);

import { defineCommand } from 'citty';
import { evaluateTable } from '@millrace/workflow/expression';
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
    const results = evaluateTable(await readJson('--table', args.table));
    process.stdout.write(`${JSON.stringify(results)}\n`);
  },
});

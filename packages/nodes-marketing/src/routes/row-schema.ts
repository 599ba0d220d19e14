import type { Column, JsonSchema, TableDeclaration } from '@millrace/workflow/node-api';

/** The JSON schema of a table's rows, as routes give them. */
export function rowSchema(table: TableDeclaration, columns = Object.keys(table.columns)) {
  const own = columns.flatMap((name) => {
    const column = table.columns[name];
    return column ? [[name, columnSchema(column)] as const] : [];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(own),
    required: own.map(([name]) => name),
  } satisfies JsonSchema;
}

/** `{ data, total }`, as lists are given. */
export const listSchema = (items: JsonSchema) =>
  ({
    type: 'object',
    properties: { data: { type: 'array', items }, total: { type: 'integer' } },
    required: ['data', 'total'],
  }) satisfies JsonSchema;

const TYPES: Readonly<Record<Exclude<Column['type'], 'json'>, string>> = {
  text: 'string',
  integer: 'integer',
  real: 'number',
  boolean: 'boolean',
  timestamp: 'integer',
};

function columnSchema({ type, choices, isNullable }: Column): JsonSchema {
  if (type === 'json') return {};
  const schema = {
    type: TYPES[type],
    ...(choices && { enum: choices }),
    ...(type === 'timestamp' && { description: 'ms since 1970' }),
  };
  return isNullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

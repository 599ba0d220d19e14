import { p, type ParamMap, type When } from '@millrace/workflow/node-api';

const locator = (label: string, fallback: string, when: When) =>
  p.resourceLocator({
    label,
    required: true,
    when,
    default: { mode: 'list', value: fallback },
    modes: [
      { name: 'list', label: 'From list', type: 'list' },
      { name: 'name', label: 'By name' },
    ],
  });

const TABLE_OPERATIONS = ['deleteTable', 'insert', 'upsert', 'select', 'update'];
const tableOnly = { operation: TABLE_OPERATIONS };
const filtered = (values: readonly unknown[]) => ({ operation: values });

/** Parameters of version 2 and up that both databases share, in n8n's wire form. */
export function sqlParams({
  schemaDefault,
  options,
  deleteExtras = {},
}: {
  readonly schemaDefault?: string;
  readonly options: ParamMap;
  readonly deleteExtras?: ParamMap;
}): ParamMap {
  return {
    resource: p.hidden({ default: 'database' }),
    operation: p.options({
      label: 'Operation',
      default: 'insert',
      fixed: true,
      choices: [
        { value: 'deleteTable', label: 'Delete', hint: 'A whole table, or rows of it' },
        { value: 'executeQuery', label: 'Execute query' },
        { value: 'insert', label: 'Insert' },
        { value: 'upsert', label: 'Insert or update' },
        { value: 'select', label: 'Select' },
        { value: 'update', label: 'Update' },
      ],
    }),
    ...(schemaDefault !== undefined && { schema: locator('Schema', schemaDefault, tableOnly) }),
    table: locator('Table', '', tableOnly),
    query: p.text({ label: 'Query', required: true, when: filtered(['executeQuery']) }),
    deleteCommand: p.options({
      label: 'Command',
      default: 'truncate',
      when: filtered(['deleteTable']),
      choices: [
        { value: 'truncate', label: 'Truncate', hint: 'All rows; the table stays' },
        { value: 'delete', label: 'Delete', hint: 'Rows that match, or all' },
        { value: 'drop', label: 'Drop', hint: 'The table itself' },
      ],
    }),
    ...deleteExtras,
    ...filterParams,
    ...rowParams,
    options: p.collection({ label: 'Options', fields: { ...sharedOptions, ...options } }),
  };
}

const filterParams: ParamMap = {
  returnAll: p.boolean({ label: 'Return all', default: false, when: filtered(['select']) }),
  limit: p.number({
    label: 'Limit',
    default: 50,
    min: 1,
    when: { operation: ['select'], returnAll: [false] },
  }),
  where: p.list({
    label: 'Select rows',
    addLabel: 'Add condition',
    sortable: true,
    // Not for truncate and drop; what is not shown is not read either.
    when: filtered(['select', 'deleteTable']),
    item: {
      column: p.string({ label: 'Column' }),
      condition: p.options({
        label: 'Operator',
        default: 'equal',
        choices: [
          { value: 'equal', label: 'Equal' },
          { value: '!=', label: 'Not equal' },
          { value: 'LIKE', label: 'Like' },
          { value: '>', label: 'Greater than' },
          { value: '<', label: 'Less than' },
          { value: '>=', label: 'Greater than or equal' },
          { value: '<=', label: 'Less than or equal' },
          { value: 'IS NULL', label: 'Is null' },
          { value: 'IS NOT NULL', label: 'Is not null' },
        ],
      }),
      value: p.string({ label: 'Value', unless: { condition: ['IS NULL', 'IS NOT NULL'] } }),
    },
  }),
  combineConditions: p.options({
    label: 'Combine conditions',
    default: 'AND',
    when: filtered(['select', 'deleteTable']),
    choices: [
      { value: 'AND', label: 'And' },
      { value: 'OR', label: 'Or' },
    ],
  }),
  sort: p.list({
    label: 'Sort',
    addLabel: 'Add sort rule',
    when: filtered(['select']),
    item: {
      column: p.string({ label: 'Column' }),
      direction: p.options({
        label: 'Direction',
        default: 'ASC',
        choices: [
          { value: 'ASC', label: 'Ascending' },
          { value: 'DESC', label: 'Descending' },
        ],
      }),
    },
  }),
};

const byMapper = { '@version': [{ _cnd: { gte: 2.2 } }] };
const byRows = { '@version': [{ _cnd: { lte: 2.1 } }] };

const rowParams: ParamMap = {
  columns: p.resourceMapper({
    label: 'Columns',
    when: { ...byMapper, operation: ['insert', 'upsert', 'update'] },
  }),
  dataMode: p.options({
    label: 'Data mode',
    default: 'autoMapInputData',
    when: { ...byRows, operation: ['insert', 'upsert', 'update'] },
    choices: [
      { value: 'autoMapInputData', label: 'Fields of the item by their names' },
      { value: 'defineBelow', label: 'Each column below' },
    ],
  }),
  columnToMatchOn: p.resourceLocator({
    label: 'Column to match on',
    when: { ...byRows, operation: ['upsert', 'update'] },
    default: { mode: 'list', value: '' },
    modes: [
      { name: 'list', label: 'From list', type: 'list' },
      { name: 'name', label: 'By name' },
    ],
  }),
  valueToMatchOn: p.string({
    label: 'Value of the column to match on',
    when: { ...byRows, operation: ['upsert', 'update'], dataMode: ['defineBelow'] },
  }),
  valuesToSend: p.list({
    label: 'Values to send',
    addLabel: 'Add value',
    when: { ...byRows, operation: ['insert', 'upsert', 'update'], dataMode: ['defineBelow'] },
    item: { column: p.string({ label: 'Column' }), value: p.string({ label: 'Value' }) },
  }),
};

/** The ways items belong together, as a choice. */
export const batchingChoice = (label: string) =>
  p.options({
    label,
    default: 'single',
    choices: [
      { value: 'single', label: 'One go' },
      { value: 'independently', label: 'Each on its own' },
      { value: 'transaction', label: 'All or none' },
    ],
  });

const sharedOptions: ParamMap = {
  connectionTimeout: p.number({ label: 'Connection timeout (seconds)', default: 30, min: 1 }),
  queryBatching: batchingChoice('Query batching'),
  queryReplacement: p.string({
    label: 'Query parameters',
    hint: 'Values for $1, $2 … in the query, with commas between them',
    when: { '/operation': ['executeQuery'] },
  }),
  outputColumns: p.raw({
    label: 'Output columns',
    type: 'multiOptions',
    default: [],
    when: { '/operation': ['insert', 'select', 'update', 'upsert'] },
  }),
  largeNumbersOutput: p.options({
    label: 'Large numbers as',
    default: 'text',
    choices: [
      { value: 'numbers', label: 'Numbers' },
      { value: 'text', label: 'Text' },
    ],
  }),
  skipOnConflict: p.boolean({
    label: 'Skip on conflict',
    default: false,
    when: { '/operation': ['insert'] },
  }),
  replaceEmptyStrings: p.boolean({
    label: 'Empty texts become null',
    default: false,
    when: { '/operation': ['insert', 'update', 'upsert', 'executeQuery'] },
  }),
};

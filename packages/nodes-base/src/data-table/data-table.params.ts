import { p, type DataConditionKind, type DataFilter } from '@millrace/workflow/node-api';

/** Which data table. */
export const dataTableId = p.raw({
  label: 'Data table',
  type: 'resourceLocator',
  default: { __rl: true, mode: 'list', value: '' },
  required: true,
});

const CONDITIONS = [
  ['eq', 'Equals'],
  ['neq', 'Not equals'],
  ['like', 'Is like'],
  ['ilike', 'Is like, in either case'],
  ['gt', 'Greater than'],
  ['gte', 'Greater than or equal'],
  ['lt', 'Less than'],
  ['lte', 'Less than or equal'],
  ['isEmpty', 'Is empty'],
  ['isNotEmpty', 'Is not empty'],
  ['isTrue', 'Is true'],
  ['isFalse', 'Is false'],
] as const satisfies readonly (readonly [DataConditionKind, string])[];

/** Which rows: the same for all operations on rows that are there. */
export const rowFilter = {
  matchType: p.options({
    label: 'Must match',
    choices: [
      { value: 'anyCondition', label: 'Any condition' },
      { value: 'allConditions', label: 'All conditions' },
    ],
    default: 'anyCondition',
  }),
  filters: p.list({
    label: 'Conditions',
    group: 'conditions',
    addLabel: 'Add condition',
    item: {
      keyName: p.string({ label: 'Column' }),
      condition: p.options({
        label: 'Condition',
        choices: CONDITIONS.map(([value, label]) => ({ value, label })),
        default: 'eq',
      }),
      keyValue: p.raw({ label: 'Value', type: 'string', default: '' }),
    },
  }),
};

interface FilterParams {
  readonly matchType: 'anyCondition' | 'allConditions';
  readonly filters: readonly {
    readonly keyName: string | undefined;
    readonly condition: DataConditionKind;
    readonly keyValue: unknown;
  }[];
}

/** The filter of those parameters. Conditions without a column are not filled in yet: they count for nothing. */
export const toFilter = ({ matchType, filters }: FilterParams): DataFilter => ({
  match: matchType === 'allConditions' ? 'all' : 'any',
  conditions: filters.flatMap(({ keyName, condition, keyValue }) =>
    keyName ? [{ column: keyName, condition, value: keyValue }] : [],
  ),
});

/** The values to write, by column. */
export const columns = p.resourceMapper({
  label: 'Columns',
  typeOptions: { resourceMapper: { mode: 'add', addAllFields: true, supportAutoMap: true } },
});

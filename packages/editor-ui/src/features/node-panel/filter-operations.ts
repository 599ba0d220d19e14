/** Types a condition compares, and what each can ask (n8n's filter value). */
export const FILTER_TYPES = ['string', 'number', 'dateTime', 'boolean', 'array', 'object'] as const;
export type FilterType = (typeof FILTER_TYPES)[number];

const PRESENCE = ['exists', 'notExists', 'empty', 'notEmpty'] as const;
const EQUALITY = ['equals', 'notEquals'] as const;

export const FILTER_OPERATIONS: Readonly<Record<FilterType, readonly string[]>> = {
  string: [
    ...EQUALITY,
    'contains',
    'notContains',
    'startsWith',
    'notStartsWith',
    'endsWith',
    'notEndsWith',
    'regex',
    'notRegex',
    ...PRESENCE,
  ],
  number: [...EQUALITY, 'gt', 'lt', 'gte', 'lte', ...PRESENCE],
  dateTime: [...EQUALITY, 'after', 'before', 'afterOrEquals', 'beforeOrEquals', ...PRESENCE],
  boolean: ['true', 'false', ...EQUALITY, ...PRESENCE],
  array: [
    'contains',
    'notContains',
    'lengthEquals',
    'lengthNotEquals',
    'lengthGt',
    'lengthLt',
    'lengthGte',
    'lengthLte',
    ...PRESENCE,
  ],
  object: [...PRESENCE],
};

const ALONE = new Set<string>([...PRESENCE, 'true', 'false']);

/** True when the operation looks at one value only. */
export const isSingle = (operation: string): boolean => ALONE.has(operation);

/** Type of what stands on the right: an array is searched for a text and measured by a number. */
export function rightTypeOf(type: FilterType, operation: string): FilterType {
  if (type !== 'array') return type;
  return operation.startsWith('length') ? 'number' : 'string';
}

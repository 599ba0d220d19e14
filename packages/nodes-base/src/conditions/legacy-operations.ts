export type LegacyType = 'boolean' | 'dateTime' | 'number' | 'string';

const names: Readonly<Record<LegacyType, readonly string[]>> = {
  boolean: ['equal', 'notEqual'],
  dateTime: ['after', 'before'],
  number: [
    'smaller',
    'smallerEqual',
    'equal',
    'notEqual',
    'larger',
    'largerEqual',
    'isEmpty',
    'isNotEmpty',
  ],
  string: [
    'contains',
    'notContains',
    'endsWith',
    'notEndsWith',
    'equal',
    'notEqual',
    'regex',
    'notRegex',
    'startsWith',
    'notStartsWith',
    'isEmpty',
    'isNotEmpty',
  ],
};

/** What version 1 conditions of a type can ask, as choices. */
export const legacyOperations = (type: LegacyType) =>
  names[type].map((name) => ({ value: name, label: words(name) }));

const words = (name: string) => {
  const text = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** The operation a new row starts with. */
export const defaultOperation = (type: string): string =>
  type === 'dateTime' ? 'after' : type === 'number' ? 'smaller' : 'equal';

/** The value a new row starts with. */
export const emptyValue = (type: LegacyType) =>
  type === 'boolean' ? false : type === 'number' ? 0 : '';

import type { JsonObject } from '@millrace/workflow/items';

const TYPES = [
  'text',
  'textarea',
  'number',
  'email',
  'password',
  'date',
  'dropdown',
  'checkbox',
  'radio',
  'file',
  'hiddenField',
  'html',
] as const;
export type FieldType = (typeof TYPES)[number];

/** One element of a form, as its page shows it and its submission is read. */
export interface FormField {
  readonly type: FieldType;
  /** What the value is called in the item. */
  readonly key: string;
  /** What the input is called on the page. */
  readonly input: string;
  readonly label: string;
  readonly placeholder: string;
  readonly isRequired: boolean;
  readonly defaultValue: string;
  readonly choices: readonly string[];
  /** Several choices, or several files. */
  readonly isMultiple: boolean;
  readonly atLeast: number;
  readonly atMost: number;
  /** File endings and types, as HTML's `accept` has them. */
  readonly accept: string;
  /** Luxon or day.js letters for dates; empty: as the browser sends them. */
  readonly dateFormat: string;
  readonly html: string;
}

/** Form elements as the parameters say them; what is no element is left out. */
export function readFields(given: unknown): FormField[] {
  const rows: readonly unknown[] = Array.isArray(given) ? given : [];
  return rows.filter(isObject).map(readField);
}

function readField(row: JsonObject, index: number): FormField {
  const text = (name: string) => String(row[name] ?? '');
  const type = TYPES.find((each) => each === row['fieldType']) ?? 'text';
  const label =
    text('fieldLabel') || text('fieldName') || text('elementName') || `Field ${index + 1}`;
  const isMultiple =
    type === 'checkbox' ||
    (type === 'dropdown' && row['multiselect'] === true) ||
    (type === 'file' && row['multipleFiles'] !== false);
  return {
    type,
    key: type === 'html' ? text('elementName') : text('fieldName') || label,
    input: `field-${index}`,
    label,
    placeholder: text('placeholder'),
    isRequired: row['requiredField'] === true && type !== 'html' && type !== 'hiddenField',
    defaultValue: type === 'hiddenField' ? text('fieldValue') : text('defaultValue'),
    choices: choicesOf(row['fieldOptions']),
    isMultiple,
    ...limitsOf(row),
    accept: text('acceptFileTypes'),
    dateFormat: text('formatDate'),
    html: text('html'),
  };
}

function choicesOf(options: unknown): string[] {
  const rows: unknown = isObject(options) ? options['values'] : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.filter(isObject).map(({ option }) => String(option ?? ''));
}

function limitsOf(row: JsonObject): Pick<FormField, 'atLeast' | 'atMost'> {
  const number = (name: string, otherwise: number) => Number(row[name] ?? otherwise);
  if (row['limitSelection'] === 'exact') {
    const exact = number('numberOfSelections', 1);
    return { atLeast: exact, atMost: exact };
  }
  if (row['limitSelection'] === 'range')
    return { atLeast: number('minSelections', 0), atMost: number('maxSelections', Infinity) };
  return { atLeast: 0, atMost: Infinity };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import type { Property, PropertyChoice, PropertyGroup } from '@millrace/workflow/node-api';

export const choicesOf = ({ options = [] }: Property): readonly PropertyChoice[] =>
  options.filter((option): option is PropertyChoice => 'value' in option);

export const fieldsOf = ({ options = [] }: Property): readonly Property[] =>
  options.filter((option): option is Property => 'type' in option && 'default' in option);

export const groupsOf = ({ options = [] }: Property): readonly PropertyGroup[] =>
  options.filter((option): option is PropertyGroup => 'values' in option);

export const isMultiple = ({ typeOptions }: Property): boolean =>
  typeOptions?.['multipleValues'] === true;

export const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');

const WITHOUT_EXPRESSION = new Set([
  'notice',
  'hidden',
  'collection',
  'fixedCollection',
  'filter',
  'assignmentCollection',
  'button',
  'callout',
]);

/** Whether a field may hold an expression as a whole. */
export const takesExpression = (property: Property): boolean =>
  !property.noDataExpression && !WITHOUT_EXPRESSION.has(property.type);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isRecord(value) ? value : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

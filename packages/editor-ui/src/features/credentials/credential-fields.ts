import type { CredentialTypeInfo } from '@millrace/api';
import type { Property } from '@millrace/workflow/node-api';

/** One field of a credential form. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'secret' | 'number' | 'toggle' | 'choice';
  readonly isRequired: boolean;
  readonly hint?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly initial: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** The fields a person fills in for a type. Fixed ones (`hidden`) and notes are left out. */
export function fieldsOf({ properties }: CredentialTypeInfo): readonly CredentialField[] {
  return properties
    .filter(({ type }) => type !== 'hidden' && type !== 'notice')
    .map((property) => ({
      name: property.name,
      label: property.displayName,
      kind: kindOf(property),
      isRequired: property.required ?? false,
      hint: property.description,
      placeholder: property.placeholder,
      initial:
        property.default === undefined || property.default === null ? '' : String(property.default),
      choices: choicesOf(property),
    }));
}

/**
 * What is sent: numbers and switches as such. With `isEdit`, secrets left empty are left out, so that the
 * server keeps them.
 */
export function dataOf(
  fields: readonly CredentialField[],
  values: ReadonlyMap<string, string>,
  isEdit: boolean,
): Record<string, string | number | boolean> {
  const filled = fields.flatMap(({ name, kind, initial }) => {
    const value = values.get(name) ?? (isEdit ? '' : initial);
    if (isEdit && value === '') return [];
    return [[name, typed(kind, value)] as const];
  });
  return Object.fromEntries(filled);
}

/** The message key of what is wrong with a field's value. */
export function fieldFault(
  { isRequired, kind }: CredentialField,
  value: string,
  isStored: boolean,
): string | undefined {
  if (value === '') return isRequired && !isStored ? 'credentials.faults.fieldMissing' : undefined;
  return kind === 'number' && Number.isNaN(Number(value))
    ? 'credentials.faults.notNumber'
    : undefined;
}

function typed(kind: CredentialField['kind'], value: string): string | number | boolean {
  if (kind === 'toggle') return value === 'true';
  return kind === 'number' && value !== '' ? Number(value) : value;
}

function kindOf({ type, typeOptions }: Property): CredentialField['kind'] {
  if (typeOptions?.['password'] === true) return 'secret';
  if (type === 'number') return 'number';
  if (type === 'boolean') return 'toggle';
  return type === 'options' ? 'choice' : 'text';
}

function choicesOf({ options = [] }: Property): CredentialField['choices'] {
  return options.flatMap((option) =>
    'value' in option ? [{ value: String(option.value), label: option.name }] : [],
  );
}

import type { Property, PropertyChoice } from '@millrace/workflow/node-api';

/** Choices from `[label, value]` pairs. */
export const choices = (pairs: readonly (readonly string[])[]): PropertyChoice[] =>
  pairs.map(([name = '', value = '']) => ({ name, value }));

export const show = (when: Readonly<Record<string, readonly unknown[]>>) => ({
  displayOptions: { show: when },
});

/** Rows of a name and a value. */
export function nameValueRows(
  displayName: string,
  name: string,
  when: Pick<Property, 'displayOptions'>,
  {
    group = 'parameters',
    extra = [],
  }: { readonly group?: string; readonly extra?: readonly Property[] } = {},
): Property {
  return {
    displayName,
    name,
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    default: group === 'parameters' ? { parameters: [{ name: '', value: '' }] } : {},
    placeholder: 'Add',
    ...when,
    options: [
      {
        name: group,
        displayName: 'Field',
        values: [
          ...extra,
          { displayName: 'Name', name: 'name', type: 'string', default: '' },
          {
            displayName: 'Value',
            name: 'value',
            type: 'string',
            default: '',
            ...(extra.length > 0 && {
              displayOptions: { hide: { parameterType: ['formBinaryData'] } },
            }),
          },
        ],
      },
    ],
  };
}

import type { Property } from '@millrace/workflow/node-api';
import { choices, nameValueRows, show } from './property-parts.ts';

const sent = (contentType: string, more: Readonly<Record<string, readonly unknown[]>> = {}) =>
  show({ sendBody: [true], contentType: [contentType], ...more });

export const bodyProperties: readonly Property[] = [
  {
    displayName: 'Send body',
    name: 'sendBody',
    type: 'boolean',
    default: false,
    noDataExpression: true,
  },
  {
    displayName: 'Body content type',
    name: 'contentType',
    type: 'options',
    default: 'json',
    options: choices([
      ['JSON', 'json'],
      ['Form, URL-encoded', 'form-urlencoded'],
      ['Form, multipart', 'multipart-form-data'],
      ['File of the item', 'binaryData'],
      ['Raw', 'raw'],
    ]),
    ...show({ sendBody: [true] }),
  },
  specifyBody('json', ['JSON', 'json']),
  nameValueRows('Body fields', 'bodyParameters', sent('json', { specifyBody: ['keypair'] })),
  {
    displayName: 'JSON',
    name: 'jsonBody',
    type: 'json',
    default: '',
    ...sent('json', { specifyBody: ['json'] }),
  },
  nameValueRows('Body fields', 'bodyParameters', sent('multipart-form-data'), {
    extra: [
      {
        displayName: 'Type',
        name: 'parameterType',
        type: 'options',
        default: 'formData',
        options: choices([
          ['Text', 'formData'],
          ['File of the item', 'formBinaryData'],
        ]),
      },
      {
        displayName: 'Input file field',
        name: 'inputDataFieldName',
        type: 'string',
        default: 'data',
        ...show({ parameterType: ['formBinaryData'] }),
      },
    ],
  }),
  specifyBody('form-urlencoded', ['Text', 'string']),
  nameValueRows(
    'Body fields',
    'bodyParameters',
    sent('form-urlencoded', { specifyBody: ['keypair'] }),
  ),
  {
    displayName: 'Body',
    name: 'body',
    type: 'string',
    default: '',
    placeholder: 'field1=value1&field2=value2',
    ...sent('form-urlencoded', { specifyBody: ['string'] }),
  },
  {
    displayName: 'Input file field',
    name: 'inputDataFieldName',
    type: 'string',
    default: '',
    ...sent('binaryData'),
  },
  {
    displayName: 'Content type',
    name: 'rawContentType',
    type: 'string',
    default: '',
    placeholder: 'text/html',
    ...sent('raw'),
  },
  { displayName: 'Body', name: 'body', type: 'string', default: '', ...sent('raw') },
];

function specifyBody(
  contentType: string,
  other: readonly [label: string, value: string],
): Property {
  return {
    displayName: 'Specify as',
    name: 'specifyBody',
    type: 'options',
    default: 'keypair',
    options: choices([['Fields below', 'keypair'], other]),
    ...sent(contentType),
  };
}

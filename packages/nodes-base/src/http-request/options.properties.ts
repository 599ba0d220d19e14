import type { Property, PropertyGroup } from '@millrace/workflow/node-api';
import { paginationOption } from './pagination.properties.ts';
import { choices, show } from './property-parts.ts';

/** Options whose fields stand in one group, as n8n nests them. */
function grouped(
  displayName: string,
  name: string,
  group: string,
  values: PropertyGroup['values'],
): Property {
  return {
    displayName,
    name,
    type: 'fixedCollection',
    typeOptions: { multipleValues: false },
    default: { [group]: {} },
    options: [{ name: group, displayName, values }],
  };
}

export const optionProperties: Property = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    grouped('Batching', 'batching', 'batch', [
      {
        displayName: 'Items per batch',
        name: 'batchSize',
        type: 'number',
        default: 50,
        typeOptions: { minValue: -1 },
      },
      {
        displayName: 'Pause between batches (ms)',
        name: 'batchInterval',
        type: 'number',
        default: 1000,
        typeOptions: { minValue: 0 },
      },
    ]),
    {
      displayName: 'Send an idempotency key',
      name: 'idempotencyKey',
      type: 'boolean',
      default: false,
      noDataExpression: true,
      description:
        'Whether to send the header "Idempotency-Key". It stays the same when the request is repeated after an error or a crash, so that the service can drop the repetition.',
    },
    {
      displayName: 'Ignore certificate errors',
      name: 'allowUnauthorizedCerts',
      type: 'boolean',
      default: false,
      noDataExpression: true,
    },
    {
      displayName: 'Lists in query parameters',
      name: 'queryParameterArrays',
      type: 'options',
      default: 'brackets',
      options: choices([
        ['No brackets: a=1&a=2', 'repeat'],
        ['Brackets: a[]=1&a[]=2', 'brackets'],
        ['Brackets with indices: a[0]=1&a[1]=2', 'indices'],
      ]),
    },
    {
      displayName: 'Lower-case header names',
      name: 'lowercaseHeaders',
      type: 'boolean',
      default: true,
    },
    grouped('Redirects', 'redirect', 'redirect', [
      {
        displayName: 'Follow redirects',
        name: 'followRedirects',
        type: 'boolean',
        default: true,
        noDataExpression: true,
      },
      {
        displayName: 'Most redirects',
        name: 'maxRedirects',
        type: 'number',
        default: 21,
        ...show({ followRedirects: [true] }),
      },
    ]),
    grouped('Response', 'response', 'response', [
      {
        displayName: 'Include headers and status',
        name: 'fullResponse',
        type: 'boolean',
        default: false,
      },
      {
        displayName: 'Never fail on a status',
        name: 'neverError',
        type: 'boolean',
        default: false,
      },
      {
        displayName: 'Response format',
        name: 'responseFormat',
        type: 'options',
        default: 'autodetect',
        noDataExpression: true,
        options: choices([
          ['By content type', 'autodetect'],
          ['File', 'file'],
          ['JSON', 'json'],
          ['Text', 'text'],
        ]),
      },
      {
        displayName: 'Put output in field',
        name: 'outputPropertyName',
        type: 'string',
        default: 'data',
        required: true,
        ...show({ responseFormat: ['file', 'text'] }),
      },
    ]),
    paginationOption,
    {
      displayName: 'Timeout (ms)',
      name: 'timeout',
      type: 'number',
      default: 300000,
      typeOptions: { minValue: 1 },
    },
  ],
};

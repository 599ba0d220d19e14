import { defineNode, type Property } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { credentialUses } from './authentication.properties.ts';
import { readLegacySettings } from './legacy-settings.ts';
import { choices, nameValueRows, show } from './property-parts.ts';
import { sendForItems } from './send-for-items.ts';

const WITH_BODY = ['PATCH', 'POST', 'PUT', 'DELETE'];

const text = (
  displayName: string,
  name: string,
  fallback = '',
  when: Pick<Property, 'displayOptions'> = {},
): Property => ({
  displayName,
  name,
  type: 'string',
  default: fallback,
  ...when,
});
const json = (
  displayName: string,
  name: string,
  when: Pick<Property, 'displayOptions'>,
): Property => ({
  displayName,
  name,
  type: 'json',
  default: '',
  ...when,
});

/** Versions 1 and 2 of the HTTP Request node, for workflows that still hold them. */
export const httpRequestLegacyNode = defineNode({
  name: 'n8n-nodes-base.httpRequest',
  label: 'HTTP Request',
  description: 'Calls a web address and gives what it answers (old form)',
  version: [1, 2],
  defaultVersion: 2,
  group: ['output'],
  icon: icon(
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
    'M3 12h18',
    'M12 3c5 5 5 13 0 18',
    'M12 3c-5 5-5 13 0 18',
  ),
  crashPolicy: 'ask',
  credentials: credentialUses,
  properties: [
    {
      displayName: 'Authentication',
      name: 'authentication',
      type: 'options',
      default: 'none',
      options: choices([
        ['None', 'none'],
        ['Basic', 'basicAuth'],
        ['Digest', 'digestAuth'],
        ['Header', 'headerAuth'],
        ['Query', 'queryAuth'],
        ['OAuth2', 'oAuth2'],
        ['Generic credential', 'genericCredentialType'],
      ]),
    },
    text(
      'Kind of credential',
      'genericAuthType',
      '',
      show({ authentication: ['genericCredentialType'] }),
    ),
    {
      displayName: 'Method',
      name: 'requestMethod',
      type: 'options',
      default: 'GET',
      options: choices(
        ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].map((name) => [name, name]),
      ),
    },
    text('URL', 'url'),
    {
      displayName: 'Ignore certificate errors',
      name: 'allowUnauthorizedCerts',
      type: 'boolean',
      default: false,
    },
    {
      displayName: 'Response format',
      name: 'responseFormat',
      type: 'options',
      default: 'json',
      options: choices([
        ['File', 'file'],
        ['JSON', 'json'],
        ['Text', 'string'],
      ]),
    },
    text(
      'Put output in field',
      'dataPropertyName',
      'data',
      show({ responseFormat: ['string', 'file'] }),
    ),
    { displayName: 'Parameters as JSON', name: 'jsonParameters', type: 'boolean', default: false },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      default: {},
      placeholder: 'Add option',
      options: [
        { displayName: 'Items per batch', name: 'batchSize', type: 'number', default: 50 },
        {
          displayName: 'Pause between batches (ms)',
          name: 'batchInterval',
          type: 'number',
          default: 1000,
        },
        {
          displayName: 'Body content type',
          name: 'bodyContentType',
          type: 'options',
          default: 'json',
          options: choices([
            ['JSON', 'json'],
            ['Raw', 'raw'],
            ['Form, URL-encoded', 'form-urlencoded'],
            ['Form, multipart', 'multipart-form-data'],
          ]),
        },
        text('MIME type', 'bodyContentCustomMimeType'),
        {
          displayName: 'Include headers and status',
          name: 'fullResponse',
          type: 'boolean',
          default: false,
        },
        {
          displayName: 'Follow all redirects',
          name: 'followAllRedirects',
          type: 'boolean',
          default: false,
        },
        {
          displayName: 'Follow redirects of GET',
          name: 'followRedirect',
          type: 'boolean',
          default: true,
        },
        {
          displayName: 'Never fail on a status',
          name: 'ignoreResponseCode',
          type: 'boolean',
          default: false,
        },
        {
          displayName: 'Split into items',
          name: 'splitIntoItems',
          type: 'boolean',
          default: false,
        },
        { displayName: 'Timeout (ms)', name: 'timeout', type: 'number', default: 10000 },
        {
          displayName: 'Repeat names of lists in the query',
          name: 'useQueryString',
          type: 'boolean',
          default: false,
        },
      ],
    },
    {
      displayName: 'Send a file',
      name: 'sendBinaryData',
      type: 'boolean',
      default: false,
      ...show({ jsonParameters: [true], requestMethod: ['PATCH', 'POST', 'PUT'] }),
    },
    text(
      'Input file field',
      'binaryPropertyName',
      'data',
      show({ jsonParameters: [true], sendBinaryData: [true] }),
    ),
    json('Body', 'bodyParametersJson', show({ jsonParameters: [true], requestMethod: WITH_BODY })),
    nameValueRows(
      'Body fields',
      'bodyParametersUi',
      show({ jsonParameters: [false], requestMethod: WITH_BODY }),
      { group: 'parameter' },
    ),
    json('Headers', 'headerParametersJson', show({ jsonParameters: [true] })),
    nameValueRows('Headers', 'headerParametersUi', show({ jsonParameters: [false] }), {
      group: 'parameter',
    }),
    json('Query parameters', 'queryParametersJson', show({ jsonParameters: [true] })),
    nameValueRows('Query parameters', 'queryParametersUi', show({ jsonParameters: [false] }), {
      group: 'parameter',
    }),
  ],
  execute: async (context) => [await sendForItems(context, readLegacySettings)],
});

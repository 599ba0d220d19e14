import type { Property } from '@millrace/workflow/node-api';
import { authenticationProperties } from './authentication.properties.ts';
import { bodyProperties } from './body.properties.ts';
import { optionProperties } from './options.properties.ts';
import { choices, nameValueRows, show } from './property-parts.ts';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const WEBDAV_METHODS = [
  'COPY',
  'LOCK',
  'MKCOL',
  'MOVE',
  'PROPFIND',
  'PROPPATCH',
  'REPORT',
  'SEARCH',
  'UNLOCK',
];

/** The parameters of versions 3 and 4 (n8n-facts K). */
export const properties: readonly Property[] = [
  {
    displayName: 'Method',
    name: 'method',
    type: 'options',
    default: 'GET',
    options: choices([...METHODS, ...WEBDAV_METHODS].map((name) => [name, name])),
  },
  {
    displayName: 'URL',
    name: 'url',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'https://example.com/api',
  },
  ...authenticationProperties,
  {
    displayName: 'Send query parameters',
    name: 'sendQuery',
    type: 'boolean',
    default: false,
    noDataExpression: true,
  },
  specify('specifyQuery', 'sendQuery'),
  nameValueRows(
    'Query parameters',
    'queryParameters',
    show({ sendQuery: [true], specifyQuery: ['keypair'] }),
  ),
  json('JSON', 'jsonQuery', { sendQuery: [true], specifyQuery: ['json'] }),
  {
    displayName: 'Send headers',
    name: 'sendHeaders',
    type: 'boolean',
    default: false,
    noDataExpression: true,
  },
  specify('specifyHeaders', 'sendHeaders'),
  nameValueRows(
    'Headers',
    'headerParameters',
    show({ sendHeaders: [true], specifyHeaders: ['keypair'] }),
  ),
  json('JSON', 'jsonHeaders', { sendHeaders: [true], specifyHeaders: ['json'] }),
  ...bodyProperties,
  optionProperties,
];

function specify(name: string, parent: string): Property {
  return {
    displayName: 'Specify as',
    name,
    type: 'options',
    default: 'keypair',
    options: choices([
      ['Fields below', 'keypair'],
      ['JSON', 'json'],
    ]),
    ...show({ [parent]: [true] }),
  };
}

function json(
  displayName: string,
  name: string,
  when: Readonly<Record<string, readonly unknown[]>>,
): Property {
  return { displayName, name, type: 'json', default: '', ...show(when) };
}

import type { Authenticate, CredentialType, Property } from '@millrace/workflow/node-api';
import { customAuthenticate } from './http-custom-auth.ts';
import { digestHeader } from './digest.ts';

const field = (name: string, displayName: string): Property => ({
  displayName,
  name,
  type: 'string',
  default: '',
});

const secret = (name: string, displayName: string): Property => ({
  ...field(name, displayName),
  typeOptions: { password: true },
});

const userAndPassword = [field('user', 'User'), secret('password', 'Password')];

/** Silent until the service sends its challenge. */
const digestAuthenticate: Authenticate = ({ user, password }, request, challenge) => {
  const asked = challenge?.headers['www-authenticate'];
  if (asked === undefined) return request;
  const { pathname, search } = new URL(request.url);
  const authorization = digestHeader(typeof asked === 'string' ? asked : (asked[0] ?? ''), {
    method: request.method,
    uri: pathname + search,
    user: String(user ?? ''),
    password: String(password ?? ''),
  });
  if (authorization === undefined) return request;
  return { ...request, headers: { ...request.headers, authorization } };
};

/** How the HTTP Request and Webhook nodes prove who asks; names and fields are n8n's. */
export const httpAuthTypes: readonly CredentialType[] = [
  {
    name: 'httpBasicAuth',
    displayName: 'Basic Auth',
    properties: userAndPassword,
    authenticate: {
      type: 'generic',
      properties: {
        auth: { username: '={{ $credentials.user }}', password: '={{ $credentials.password }}' },
      },
    },
  },
  {
    name: 'httpDigestAuth',
    displayName: 'Digest Auth',
    properties: userAndPassword,
    authenticate: digestAuthenticate,
  },
  {
    name: 'httpHeaderAuth',
    displayName: 'Header Auth',
    properties: [field('name', 'Name'), secret('value', 'Value')],
    authenticate: {
      type: 'generic',
      properties: { headers: { '={{ $credentials.name }}': '={{ $credentials.value }}' } },
    },
  },
  {
    name: 'httpQueryAuth',
    displayName: 'Query Auth',
    properties: [field('name', 'Name'), secret('value', 'Value')],
    authenticate: {
      type: 'generic',
      properties: { qs: { '={{ $credentials.name }}': '={{ $credentials.value }}' } },
    },
  },
  {
    name: 'httpBearerAuth',
    displayName: 'Bearer Auth',
    properties: [secret('token', 'Bearer Token')],
    authenticate: {
      type: 'generic',
      properties: { headers: { Authorization: '=Bearer {{ $credentials.token }}' } },
    },
  },
  {
    name: 'httpCustomAuth',
    displayName: 'Custom Auth',
    properties: [
      {
        displayName: 'JSON',
        name: 'json',
        type: 'json',
        required: true,
        default: '',
        typeOptions: { password: true },
        placeholder: '{ "headers": { "key": "value" }, "qs": {}, "body": {} }',
      },
    ],
    authenticate: customAuthenticate,
  },
];

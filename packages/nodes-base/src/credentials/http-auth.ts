import type { CredentialType, Property } from '@millrace/workflow/node-api';

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

/** How the HTTP Request and Webhook nodes prove who asks; names and fields are n8n's. */
export const httpAuthTypes: readonly CredentialType[] = [
  { name: 'httpBasicAuth', displayName: 'Basic Auth', properties: userAndPassword },
  { name: 'httpDigestAuth', displayName: 'Digest Auth', properties: userAndPassword },
  {
    name: 'httpHeaderAuth',
    displayName: 'Header Auth',
    properties: [field('name', 'Name'), secret('value', 'Value')],
  },
  {
    name: 'httpQueryAuth',
    displayName: 'Query Auth',
    properties: [field('name', 'Name'), secret('value', 'Value')],
  },
  {
    name: 'httpBearerAuth',
    displayName: 'Bearer Auth',
    properties: [secret('token', 'Bearer Token')],
  },
];

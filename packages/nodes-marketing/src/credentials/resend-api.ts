import { describeParams, p, type CredentialType } from '@millrace/workflow/node-api';

/** An API key of Resend. */
export const resendApi: CredentialType = {
  name: 'resendApi',
  displayName: 'Resend API',
  properties: describeParams({
    apiKey: p.string({ label: 'API Key', required: true, password: true, placeholder: 're_…' }),
  }),
  hosts: ['api.resend.com'],
  authenticate: {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{ $credentials.apiKey }}' } },
  },
  test: { request: { baseURL: 'https://api.resend.com', url: '/domains' } },
};

import type { CredentialType, Property } from '@millrace/workflow/node-api';

const GRANTS_WITH_PAGE = ['authorizationCode', 'pkce'];

const text = (name: string, displayName: string, more: Partial<Property> = {}): Property => ({
  displayName,
  name,
  type: 'string',
  default: '',
  ...more,
});

/** OAuth2 with any service; field names are n8n's (n8n-facts D8). The server fetches and renews the tokens. */
export const oAuth2Api: CredentialType = {
  name: 'oAuth2Api',
  displayName: 'OAuth2 API',
  properties: [
    {
      displayName: 'Grant type',
      name: 'grantType',
      type: 'options',
      default: 'authorizationCode',
      options: [
        { name: 'Authorization code', value: 'authorizationCode' },
        { name: 'Client credentials', value: 'clientCredentials' },
        { name: 'PKCE', value: 'pkce' },
      ],
    },
    text('authUrl', 'Authorization URL', {
      required: true,
      displayOptions: { show: { grantType: GRANTS_WITH_PAGE } },
    }),
    text('accessTokenUrl', 'Access token URL', { required: true }),
    text('clientId', 'Client ID', { required: true }),
    text('clientSecret', 'Client secret', { typeOptions: { password: true } }),
    text('scope', 'Scope', { placeholder: 'openid profile' }),
    text('authQueryParameters', 'Further query parameters of the authorization URL', {
      placeholder: 'access_type=offline&prompt=consent',
      displayOptions: { show: { grantType: GRANTS_WITH_PAGE } },
    }),
    {
      displayName: 'Send client in',
      name: 'authentication',
      type: 'options',
      default: 'header',
      options: [
        { name: 'Header', value: 'header' },
        { name: 'Body', value: 'body' },
      ],
    },
    {
      displayName: 'Ignore certificate errors',
      name: 'ignoreSSLIssues',
      type: 'boolean',
      default: false,
    },
    {
      displayName: 'Status of an expired token',
      name: 'tokenExpiredStatusCode',
      type: 'number',
      default: 401,
    },
  ],
};

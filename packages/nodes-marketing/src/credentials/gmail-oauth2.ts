import type { CredentialType } from '@millrace/workflow/node-api';
import { hidden } from './hidden.ts';

/** A Gmail mailbox: to send from it, and to look whether a mail was sent. */
export const gmailOAuth2: CredentialType = {
  name: 'gmailOAuth2',
  displayName: 'Gmail OAuth2',
  extends: ['oAuth2Api'],
  properties: [
    hidden('grantType', 'pkce'),
    hidden('authUrl', 'https://accounts.google.com/o/oauth2/v2/auth'),
    hidden('accessTokenUrl', 'https://oauth2.googleapis.com/token'),
    hidden(
      'scope',
      'https://www.googleapis.com/auth/gmail.send https://www.googleapis.com/auth/gmail.readonly',
    ),
    // Without these Google gives a refresh token on the first consent only.
    hidden('authQueryParameters', 'access_type=offline&prompt=consent'),
    hidden('authentication', 'body'),
  ],
  hosts: ['gmail.googleapis.com'],
  test: { request: { baseURL: 'https://gmail.googleapis.com', url: '/gmail/v1/users/me/profile' } },
};

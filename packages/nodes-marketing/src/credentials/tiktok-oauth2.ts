import { describeParams, p, type CredentialType } from '@millrace/workflow/node-api';
import { hidden } from './hidden.ts';

/**
 * A TikTok creator account. TikTok calls the client id `client_key` and parts scopes with commas.
 *
 * @see https://developers.tiktok.com/doc/oauth-user-access-token-management
 */
export const tiktokOAuth2Api: CredentialType = {
  name: 'tiktokOAuth2Api',
  displayName: 'TikTok OAuth2 API',
  extends: ['oAuth2Api'],
  properties: [
    hidden('grantType', 'authorizationCode'),
    hidden('authUrl', 'https://www.tiktok.com/v2/auth/authorize/'),
    hidden('accessTokenUrl', 'https://open.tiktokapis.com/v2/oauth/token/'),
    hidden('clientIdName', 'client_key'),
    hidden('authentication', 'body'),
    hidden('authQueryParameters', ''),
    ...describeParams({
      clientId: p.string({ label: 'Client Key', required: true }),
      scope: p.string({
        label: 'Scopes',
        default: 'user.info.basic,video.upload',
        hint: 'Posting directly also needs video.publish',
      }),
    }),
  ],
  hosts: ['open.tiktokapis.com'],
  test: {
    request: {
      baseURL: 'https://open.tiktokapis.com',
      url: '/v2/user/info/',
      qs: { fields: 'open_id,display_name' },
    },
  },
};

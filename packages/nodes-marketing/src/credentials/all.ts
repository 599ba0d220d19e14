import type { CredentialType } from '@millrace/workflow/node-api';
import { gmailOAuth2 } from './gmail-oauth2.ts';
import { resendApi } from './resend-api.ts';
import { tiktokOAuth2Api } from './tiktok-oauth2.ts';

/** Accounts of services the package brings. Mailboxes (`smtp`, `imap`) come with the base nodes. */
export const credentials: readonly CredentialType[] = [gmailOAuth2, resendApi, tiktokOAuth2Api];

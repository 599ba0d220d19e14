import type { ExecuteContext } from '@millrace/workflow/node-api';

/** Names of the old versions' `authentication` choices. */
const OLD_AUTHENTICATION = new Map([
  ['basicAuth', 'httpBasicAuth'],
  ['digestAuth', 'httpDigestAuth'],
  ['headerAuth', 'httpHeaderAuth'],
  ['queryAuth', 'httpQueryAuth'],
  ['oAuth2', 'oAuth2Api'],
]);

/** The type of the credential that signs this item's request, if any. */
export function credentialTypeOf(context: ExecuteContext, index: number): string | undefined {
  const kind = String(context.param('authentication', index, { fallback: 'none' }));
  if (kind === 'genericCredentialType') return String(context.param('genericAuthType', index));
  if (kind === 'predefinedCredentialType')
    return String(context.param('nodeCredentialType', index));
  return OLD_AUTHENTICATION.get(kind);
}

import { NodeError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { isRecord } from './fields.ts';
import type { RequestDraft } from './request-draft.ts';

type Apply = (draft: RequestDraft, data: JsonObject) => void;

const bearer = (draft: RequestDraft, token: unknown) => {
  draft.headers['authorization'] = `Bearer ${String(token ?? '')}`;
};

/** How each generic credential type joins a request. Digest answers a challenge: see `digest.ts`. */
const APPLY = new Map<string, Apply>([
  [
    'httpBasicAuth',
    (draft, { user, password }) => {
      const pair = `${String(user ?? '')}:${String(password ?? '')}`;
      draft.headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
    },
  ],
  ['httpBearerAuth', (draft, { token }) => bearer(draft, token)],
  [
    'httpHeaderAuth',
    (draft, { name, value }) => {
      draft.headers[String(name).toLowerCase()] = String(value ?? '');
    },
  ],
  [
    'httpQueryAuth',
    (draft, { name, value }) => {
      draft.query[String(name)] = value;
    },
  ],
  ['httpCustomAuth', applyCustom],
  [
    'oAuth2Api',
    (draft, { oauthTokenData }) =>
      bearer(draft, isRecord(oauthTokenData) && oauthTokenData['access_token']),
  ],
  ['httpDigestAuth', () => {}],
]);

/** Names of the old versions' `authentication` choices. */
export const OLD_AUTHENTICATION = new Map([
  ['basicAuth', 'httpBasicAuth'],
  ['digestAuth', 'httpDigestAuth'],
  ['headerAuth', 'httpHeaderAuth'],
  ['queryAuth', 'httpQueryAuth'],
  ['oAuth2', 'oAuth2Api'],
]);

/** The credential type this item's request uses, if any. */
export function credentialTypeOf(context: ExecuteContext, index: number): string | undefined {
  const kind = String(context.param('authentication', index, { fallback: 'none' }));
  if (kind === 'genericCredentialType') return String(context.param('genericAuthType', index));
  if (kind === 'predefinedCredentialType')
    return String(context.param('nodeCredentialType', index));
  return OLD_AUTHENTICATION.get(kind);
}

/** Joins the item's credential to the request. @throws {NodeError} for a type we cannot join. */
export async function applyCredential(
  draft: RequestDraft,
  context: ExecuteContext,
  index: number,
): Promise<void> {
  const type = credentialTypeOf(context, index);
  if (type === undefined) return;
  const apply = APPLY.get(type);
  if (!apply) {
    throw new NodeError(
      `The HTTP Request node cannot use the credential type "${type}"`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Use a generic credential: basic, header, query, bearer, digest or custom' },
    );
  }
  apply(draft, await context.credential(type, index));
}

/** `{"headers": {…}, "qs": {…}, "body": {…}}` as JSON text. */
function applyCustom(draft: RequestDraft, { json }: JsonObject): void {
  const parts: unknown = typeof json === 'string' ? JSON.parse(json) : json;
  if (!isRecord(parts)) return;
  if (isRecord(parts['headers'])) {
    for (const [name, value] of Object.entries(parts['headers']))
      draft.headers[name.toLowerCase()] = String(value);
  }
  if (isRecord(parts['qs'])) Object.assign(draft.query, parts['qs']);
  if (!isRecord(parts['body'])) return;
  if (draft.body.kind === 'none') draft.body = { kind: 'json', value: parts['body'] };
  else if (draft.body.kind === 'json' && isRecord(draft.body.value)) {
    draft.body = { kind: 'json', value: { ...draft.body.value, ...parts['body'] } };
  }
}

import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import jwt from 'jsonwebtoken';
import { optionsOf } from '../items/for-each-item.ts';
import { ALGORITHMS, jwtKeys } from './jwt-keys.ts';

/** `{ token }` of the claims of the form, or of JSON. */
export async function signed(context: ExecuteContext, index: number): Promise<Item> {
  const payload =
    context.param('useJson', index) === true
      ? jsonObject(context, index, 'claimsJson', 'JSON Output')
      : claims(optionsOf(context, index, 'claims'), context.now());
  const extra = jsonObject(context, index, 'headerClaims', 'Header Claims');
  const { kid } = optionsOf(context, index);
  const { algorithm, signingKey } = await keysOf(context, index);
  const header = {
    alg: algorithm,
    typ: 'JWT',
    ...(typeof kid === 'string' && kid !== '' && { kid }),
    ...extra,
  };
  const token = jwt.sign({ ...payload }, signingKey, { algorithm, header });
  return { json: { token } };
}

/** `{ payload }` of a token whose signature and times hold. @throws {NodeError} when they do not. */
export async function verified(context: ExecuteContext, index: number): Promise<Item> {
  const { ignoreExpiration, ignoreNotBefore, clockTolerance, complete } = optionsOf(context, index);
  const token = tokenOf(context, index);
  const { algorithm, checkingKey } = await keysOf(context, index);
  try {
    const parts = jwt.verify(token, checkingKey, {
      algorithms: [algorithm],
      complete: true,
      ignoreExpiration: ignoreExpiration === true,
      ignoreNotBefore: ignoreNotBefore === true,
      clockTolerance: Number(clockTolerance ?? 0),
      clockTimestamp: Math.floor(context.now() / 1000),
    });
    return { json: complete === true ? { ...parts } : { payload: parts.payload } };
  } catch (cause) {
    throw new NodeError(
      "The JWT token can't be verified",
      {
        node: context.node.name,
        itemIndex: index,
        description: cause instanceof Error ? cause.message : String(cause),
      },
      { fix: 'Check the secret or key, the algorithm and the token', cause },
    );
  }
}

/** `{ payload }` of a token, unchecked. */
export function decoded(context: ExecuteContext, index: number): Item {
  const parts = jwt.decode(tokenOf(context, index), { complete: true });
  if (!parts) throw badToken(context, index);
  const isComplete = optionsOf(context, index).complete === true;
  return { json: isComplete ? { ...parts } : { payload: parts.payload } };
}

function tokenOf(context: ExecuteContext, index: number): string {
  const token = context.param('token', index);
  if (typeof token === 'string' && jwt.decode(token) !== null) return token;
  throw badToken(context, index);
}

const badToken = (context: ExecuteContext, index: number) =>
  new NodeError(
    `Invalid input for 'Token' [item ${index}]`,
    {
      node: context.node.name,
      itemIndex: index,
      description: 'Value is not a valid JWT token',
    },
    { fix: 'Give a token of three parts with dots between them' },
  );

/** Registered claims (RFC 7519 §4.1) of the fields of the form. */
function claims(fields: JsonObject, nowMs: number): JsonObject {
  const { audience, expiresIn, issuer, jwtid, notBefore, subject } = fields;
  const now = Math.floor(nowMs / 1000);
  return {
    iat: now,
    ...(audience !== undefined && { aud: audience }),
    ...(expiresIn !== undefined && { exp: now + Number(expiresIn) }),
    ...(issuer !== undefined && { iss: issuer }),
    ...(jwtid !== undefined && { jti: jwtid }),
    ...(notBefore !== undefined && { nbf: now + Number(notBefore) }),
    ...(subject !== undefined && { sub: subject }),
  };
}

function jsonObject(
  context: ExecuteContext,
  index: number,
  name: string,
  label: string,
): JsonObject {
  const value = context.param(name, index, { fallback: {} });
  const parsed: unknown = typeof value === 'string' ? parsedJson(value) : value;
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  throw new NodeError(
    `The '${label}' in item ${index} does not contain a valid JSON object`,
    { node: context.node.name, itemIndex: index },
    { fix: `Put an object such as { "sub": "1" } into "${name}"` },
  );
}

function parsedJson(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function keysOf(context: ExecuteContext, index: number) {
  const held = await context.credential('jwtAuth', index);
  const chosen = optionsOf(context, index).algorithm || held.algorithm || 'HS256';
  const keys = jwtKeys(held, chosen);
  if (keys) return keys;
  throw new NodeError(
    `The algorithm "${String(chosen)}" is not known`,
    { node: context.node.name, itemIndex: index },
    { fix: `Use one of ${ALGORITHMS.join(', ')}` },
  );
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { WebhookContext, WebhookResponse } from '@millrace/workflow/node-api';
import jwt from 'jsonwebtoken';
import { jwtKeys } from '../jwt/jwt-keys.ts';

/**
 * The answer to a caller who may not come in; `undefined` for one who may.
 *
 * @param parameter - Name of the parameter that says how callers prove who they are.
 */
export async function refusal(
  context: WebhookContext,
  parameter: 'authentication' | 'incomingAuthentication',
): Promise<WebhookResponse | undefined> {
  const { request } = context;
  if (isOutsideList(request.ip, context.param('options.ipWhitelist', 0, { fallback: '' }))) {
    return plain(403, 'IP is not whitelisted to access the webhook!');
  }
  const isBot = BOTS.test(request.headers['user-agent'] ?? '');
  if (isBot && context.param('options.ignoreBots', 0, { fallback: false }) === true)
    return challenge(403, 'Authorization data is wrong!');

  switch (context.param(parameter, 0, { fallback: 'none' })) {
    case 'basicAuth':
      return basic(context);
    case 'headerAuth':
      return header(context);
    case 'jwtAuth':
      return bearer(context);
    case 'none':
      return undefined;
    default:
      return plain(500, 'This way to authenticate is not supported');
  }
}

const BOTS = /bot|crawler|spider|crawling|facebookexternalhit|slurp|whatsapp|preview/i;

async function basic(context: WebhookContext): Promise<WebhookResponse | undefined> {
  const { user, password } = await context.credential('httpBasicAuth');
  const given = context.request.headers.authorization ?? '';
  if (!/^basic /i.test(given)) return challenge(401, 'Authorization is required!');
  const text = Buffer.from(given.slice('Basic '.length), 'base64').toString();
  return isSame(text, `${String(user)}:${String(password)}`)
    ? undefined
    : challenge(401, 'Authentication data is wrong!');
}

async function header(context: WebhookContext): Promise<WebhookResponse | undefined> {
  const { name, value } = await context.credential('httpHeaderAuth');
  const given = context.request.headers[String(name).toLowerCase()];
  return given !== undefined && isSame(given, String(value))
    ? undefined
    : challenge(403, 'Authorization data is wrong!');
}

async function bearer(context: WebhookContext): Promise<WebhookResponse | undefined> {
  const keys = jwtKeys(await context.credential('jwtAuth'));
  const token = /^bearer (.+)$/i.exec(context.request.headers['authorization'] ?? '')?.[1];
  if (!token) return plain(401, 'No token provided');
  if (!keys) return plain(403, 'Invalid token');
  try {
    jwt.verify(token, keys.checkingKey, {
      algorithms: [keys.algorithm],
      clockTimestamp: Math.floor(context.now() / 1000),
    });
    return undefined;
  } catch {
    // Which part was wrong is nothing a caller should learn.
    return plain(403, 'Invalid token');
  }
}

/** In constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function isOutsideList(ip: string, list: unknown): boolean {
  const allowed =
    typeof list === 'string'
      ? list
          .split(',')
          .map((each) => each.trim())
          .filter(Boolean)
      : [];
  return allowed.length > 0 && !blockOf(allowed).check(plainAddress(ip), familyOf(ip));
}

/** Addresses and ranges (`10.0.0.0/8`) of both families. What is neither matches nobody. */
function blockOf(entries: readonly string[]): BlockList {
  const block = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    if (!isIP(address)) continue;
    const prefix = Number(bits);
    const isRange = bits !== undefined && Number.isInteger(prefix) && prefix >= 0;
    const isInside = prefix <= (isIP(address) === 6 ? 128 : 32);
    if (bits === undefined) block.addAddress(plainAddress(address), familyOf(address));
    else if (isRange && isInside) block.addSubnet(address, prefix, familyOf(address));
  }
  return block;
}

/** An IPv4 address is the same however it is written. */
const plainAddress = (ip: string) => ip.replace(/^::ffff:(?=\d+\.)/i, '');
const familyOf = (ip: string) => (isIP(plainAddress(ip)) === 6 ? 'ipv6' : 'ipv4');

const plain = (status: number, body: string): WebhookResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

const challenge = (status: number, body: string): WebhookResponse => ({
  status,
  headers: { 'www-authenticate': 'Basic realm="Webhook"' },
  body,
});

import type { JsonObject } from '@millrace/workflow/items';
import type { CredentialType, Property } from '@millrace/workflow/node-api';
import type { HttpRequest, HttpResponse } from '@millrace/workflow/ports';
import { fillIn } from './credential-text.ts';
import { authenticateGenerically, withHeaders } from './generic-authenticate.ts';

/** The credential types of all packages, with what they take from the types they extend. */
export interface CredentialTypes {
  list(): readonly CredentialType[];
  find(name: string): CredentialType | undefined;
  /** Whether it is `oAuth2Api` or extends it. */
  isOAuth2(name: string): boolean;
  /** The data with defaults for what was not filled in; hidden defaults may be expressions over the rest. */
  complete(name: string, data: JsonObject): JsonObject;
  /** Hosts a credential of this type is bound to when the user named none. */
  hostsOf(name: string, data: JsonObject): readonly string[];
  /**
   * A request with the credential in it. Types nobody brought are left as they are: their nodes sign
   * for themselves.
   *
   * @param challenge - The 401 the request was answered with; schemes that need one wait for it.
   */
  sign(name: string, data: JsonObject, request: HttpRequest, challenge?: HttpResponse): HttpRequest;
}

const OAUTH2 = 'oAuth2Api';

export function createCredentialTypes(given: readonly CredentialType[]): CredentialTypes {
  const known = new Map(given.map((type) => [type.name, type]));
  const whole = new Map(given.map((type) => [type.name, inherit(type, known, new Set())]));

  const extendsType = (name: string, ancestor: string, seen = new Set<string>()): boolean => {
    if (name === ancestor) return true;
    if (seen.has(name)) return false;
    const parents = known.get(name)?.extends ?? [];
    return parents.some((parent) => extendsType(parent, ancestor, seen.add(name)));
  };

  function complete(name: string, data: JsonObject): JsonObject {
    const properties = whole.get(name)?.properties ?? [];
    const missing = properties.filter((property) => !isFilled(data[property.name]));
    const defaults = Object.fromEntries(missing.map((each) => [each.name, each.default]));
    const full = { ...data, ...defaults };
    const computed = missing.map((each) => [each.name, fillIn(each.default, full)] as const);
    return { ...full, ...Object.fromEntries(computed) };
  }

  return {
    list: () => [...whole.values()],
    find: (name) => whole.get(name),
    isOAuth2: (name) => extendsType(name, OAUTH2),
    complete,
    hostsOf: (name, data) =>
      (whole.get(name)?.hosts ?? []).map((host) => String(fillIn(host, complete(name, data)))),
    sign(name, data, request, challenge) {
      const type = whole.get(name);
      const full = complete(name, data);
      if (extendsType(name, OAUTH2)) return withAccessToken(full, request);
      if (!type?.authenticate) return request;
      return typeof type.authenticate === 'function'
        ? type.authenticate(full, request, challenge)
        : authenticateGenerically(type.authenticate, full, request);
    },
  };
}

/** A type with the fields and rules of those it extends; its own come first. */
function inherit(
  type: CredentialType,
  known: ReadonlyMap<string, CredentialType>,
  seen: ReadonlySet<string>,
): CredentialType {
  const parents = (type.extends ?? [])
    .filter((name) => !seen.has(name))
    .flatMap((name) => known.get(name) ?? [])
    .map((parent) => inherit(parent, known, new Set([...seen, type.name])));
  if (parents.length === 0) return type;
  const properties = new Map<string, Property>();
  for (const each of [...parents, type])
    for (const property of each.properties) properties.set(property.name, property);
  const inherited = Object.assign({}, ...parents);
  return { ...inherited, ...type, properties: [...properties.values()] };
}

function withAccessToken({ oauthTokenData }: JsonObject, request: HttpRequest): HttpRequest {
  if (typeof oauthTokenData !== 'object' || oauthTokenData === null) return request;
  const token = 'access_token' in oauthTokenData ? oauthTokenData.access_token : undefined;
  if (typeof token !== 'string') return request;
  return {
    ...request,
    headers: withHeaders(request.headers, { authorization: `Bearer ${token}` }),
  };
}

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';

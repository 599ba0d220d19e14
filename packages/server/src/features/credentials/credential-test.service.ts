import type { CredentialTestInput, CredentialTestResult } from '@millrace/api';
import { isMillraceError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { CredentialTest } from '@millrace/workflow/node-api';
import type { HostPort, HttpRequest, HttpResponse } from '@millrace/workflow/ports';
import { fillIn, withQuery, type CredentialTypes } from '../../egress/index.ts';
import type { Caller } from '../../platform/index.ts';
import type { CredentialSecrets, OpenedCredential } from './credential-secrets.service.ts';
import { refuseWidening } from './host-widening.ts';
import type { CredentialService } from './credentials.service.ts';
import type { CredentialSender } from './workflow-secrets.ts';

const TIMEOUT_MS = 20_000;

interface TestOptions {
  readonly credentials: CredentialService;
  readonly secrets: CredentialSecrets;
  readonly types: CredentialTypes;
  readonly sender: CredentialSender;
  readonly hosts: HostPort;
}

export type CredentialTestService = ReturnType<typeof createCredentialTestService>;

/** Finds out whether a credential works, by the request or check its type brings. */
export function createCredentialTestService(options: TestOptions) {
  const { credentials, secrets, types, sender, hosts } = options;

  async function outcomeOf(credential: OpenedCredential): Promise<CredentialTestResult> {
    const type = types.find(credential.type);
    try {
      const data = types.complete(credential.type, credential.data);
      if (type?.check) await type.check(data, { hosts });
      else if (type?.test) return await judge(type.test, credential, data);
      else return { status: 'unknown', message: 'This kind of credential cannot be tested' };
      return OK;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const fix = isMillraceError(error) ? error.fix : undefined;
      return { status: 'error', message, ...(fix !== undefined && { fix }) };
    }
  }

  async function judge(test: CredentialTest, credential: OpenedCredential, data: JsonObject) {
    // A person waits for it: it stands in no line.
    const unlimited = { ...credential, limits: undefined };
    const response = await sender.send(unlimited, requestOf(test, data));
    const body = jsonOf(response);
    for (const { type, properties } of test.rules ?? []) {
      const { key = '', value, message } = properties;
      const isBroken =
        type === 'responseCode' ? response.status === Number(value) : read(body, key) === value;
      if (isBroken) return failed(message);
    }
    if (response.status < 400) return OK;
    return failed(`The service answered ${response.status} ${response.statusText}`.trim());
  }

  return {
    /** A saved credential. */
    async saved(caller: Caller, id: string): Promise<CredentialTestResult> {
      await credentials.find(caller, id, 'viewer');
      return outcomeOf(await secrets.byId(id));
    },

    /** What stands in a form; with an id, over the saved secrets of that credential. */
    async draft(caller: Caller, draft: CredentialTestInput): Promise<CredentialTestResult> {
      const { id, type, data, hosts: bound = [] } = draft;
      if (id === undefined) return outcomeOf({ ...UNSAVED, name: type, type, hosts: bound, data });
      await credentials.find(caller, id, 'editor');
      const stored = await secrets.byId(id);
      const changed = { hosts: draft.hosts ?? stored.hosts, data: { ...stored.data, ...data } };
      const safe = refuseWidening(types, stored.type, {
        before: stored,
        after: changed,
        entered: data,
      });
      return outcomeOf({ ...stored, hosts: changed.hosts, data: safe });
    },
  };
}

/** Nothing is kept for a credential without an id. */
const UNSAVED = { id: '', projectId: '' };
const OK: CredentialTestResult = { status: 'ok', message: 'The connection works' };
const failed = (message: string): CredentialTestResult => ({ status: 'error', message });

function requestOf({ request }: CredentialTest, data: JsonObject): HttpRequest {
  const filled = record(fillIn(request, data));
  const { baseURL = '', url = '', method = 'GET', body } = filled;
  const address = /^https?:/.test(String(url)) ? String(url) : joined(String(baseURL), String(url));
  const headers = Object.entries(record(filled['headers'])).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    method: String(method),
    url: withQuery(address, record(filled['qs'])),
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...Object.fromEntries(headers),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    timeoutMs: TIMEOUT_MS,
  };
}

const joined = (base: string, path: string) =>
  path === '' ? base : `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;

function jsonOf({ body }: HttpResponse): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

const read = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => record(inner)[key], value);

const record = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

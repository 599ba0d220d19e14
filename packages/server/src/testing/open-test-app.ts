import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { NodePackage } from '@millrace/workflow/node-api';
import { createApp } from '../app.ts';
import { readConfig } from '../config/index.ts';

export const OWNER = { email: 'owner@example.com', password: 'correct horse battery' };

export interface TestCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

interface Options {
  readonly packages?: readonly NodePackage[];
  readonly env?: Record<string, string>;
  readonly withOwner?: boolean;
  /** Folder of a built editor. */
  readonly editorFolder?: string;
}

/** A whole app on a database of its own, in a folder that `end` removes. */
export async function openTestApp(options: Options = {}) {
  const { packages = [], env = {}, withOwner = true } = options;
  const home = mkdtempSync(join(tmpdir(), 'millrace-app-'));
  const owner = withOwner && {
    MILLRACE_OWNER_EMAIL: OWNER.email,
    MILLRACE_OWNER_PASSWORD: OWNER.password,
  };
  const config = readConfig({ MILLRACE_HOME: home, MILLRACE_PORT: '0', ...owner, ...env });
  const app = await createApp(config, {
    packages,
    logger: pino({ level: 'silent' }),
    editorFolder: options.editorFolder ?? join(home, 'no-editor'),
  });

  async function call({ method = 'GET', url, body, headers = {} }: TestCall) {
    const reply = await app.http.inject({
      method,
      url,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    const isJson = String(reply.headers['content-type']).includes('json');
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: isJson ? reply.json() : reply.body,
    };
  }

  return {
    ...app,
    home,
    call,
    /** Signs in; gives the headers of that session. */
    async signIn(user: { readonly email: string; readonly password: string }) {
      const { headers } = await call({ method: 'POST', url: '/api/v1/session', body: user });
      return { cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
    },
    async end() {
      await app.close();
      rmSync(home, { recursive: true });
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof openTestApp>>;

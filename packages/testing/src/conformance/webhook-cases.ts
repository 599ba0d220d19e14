import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { millrace } from './cli-batch.ts';
import { compareExecution, type ActualExecution, type Difference } from './compare.ts';
import type { ConformanceCase, WebhookCall } from './conformance-case.ts';
import { freePort, untilAnswers, type EchoServer } from './echo-server.ts';

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** Runs the cases with webhook calls against a real server with a fresh database. */
export async function runWebhookCases(
  cases: readonly ConformanceCase[],
  echo: EchoServer,
): Promise<Map<string, Difference>> {
  const results = new Map<string, Difference>();
  if (cases.length === 0) return results;
  const server = await startServer();
  try {
    for (const one of cases) {
      await echo.reset();
      results.set(one.id, await runCase(echo.withAddress(one), one, server).catch(asDifference));
    }
  } finally {
    await server.close();
  }
  return results;
}

type Server = Awaited<ReturnType<typeof startServer>>;

async function startServer() {
  const home = mkdtempSync(join(tmpdir(), 'millrace-conformance-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const owner = { email: 'owner@example.com', password: 'conformance-owner' };
  const env = {
    MILLRACE_HOME: home,
    MILLRACE_PORT: String(port),
    MILLRACE_EGRESS_ALLOW: '127.0.0.1,localhost',
    MILLRACE_OWNER_EMAIL: owner.email,
    MILLRACE_OWNER_PASSWORD: owner.password,
    MILLRACE_LOG_LEVEL: 'error',
  };
  const child = millrace(['start'], env);
  child.stdout?.resume();
  child.stderr?.resume();
  await untilAnswers(`${base}/readyz`);
  const signedIn = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(owner),
  });
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';

  return {
    base,
    /** A REST call. @throws when the status is not 2xx. */
    async api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok)
        throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
      return text ? JSON.parse(text) : {};
    },
    async close() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const asDifference = (error: unknown): Difference => ({
  normative: [error instanceof Error ? error.message : String(error)],
  lineage: [],
});

async function runCase(
  filled: ConformanceCase,
  one: ConformanceCase,
  server: Server,
): Promise<Difference> {
  const ids = new Map<string, string>();
  for (const credential of filled.credentials ?? []) {
    const { id, ...body } = credential;
    const made = await server.api('POST', '/credentials', body);
    ids.set(String(id), String(made.id));
  }
  for (const sub of filled.subworkflows ?? []) {
    const { id, ...body } = sub;
    const made = await server.api('POST', '/workflows', body);
    ids.set(String(id), String(made.id));
    await server.api('POST', `/workflows/${String(made.id)}/publish`);
  }
  const workflow = await server.api('POST', '/workflows', withIds(filled.workflow, ids));
  const id = String(workflow.id);
  await server.api('POST', `/workflows/${id}/publish`);

  const answers: Answer[] = [];
  for (const call of filled.webhookCalls ?? []) answers.push(await callWebhook(server.base, call));
  const executions = await endedExecutions(server, id, one.expected.executions?.length ?? 0);
  await server.api('POST', `/workflows/${id}/unpublish`);

  const differences = [
    { normative: compareAnswers(one, answers, server.base), lineage: [] },
    ...(one.expected.executions ?? []).map((expected, index): Difference => {
      const actual = executions[index];
      if (!actual) return { normative: [`execution ${index} is missing`], lineage: [] };
      return compareExecution(
        expected,
        withoutAddresses(actual, server.base, id, one.webhookCalls ?? []),
        one,
      );
    }),
  ];
  return {
    normative: differences.flatMap(({ normative }) => normative),
    lineage: differences.flatMap(({ lineage }) => lineage),
  };
}

const withIds = (workflow: object, ids: ReadonlyMap<string, string>): unknown =>
  JSON.parse(JSON.stringify(workflow), (_, value) =>
    typeof value === 'string' ? (ids.get(value) ?? value) : value,
  );

function withoutAddresses(
  actual: ActualExecution,
  base: string,
  id: string,
  calls: readonly WebhookCall[],
): ActualExecution {
  const text = JSON.stringify(actual)
    .replaceAll(base, '__BASE__')
    .replaceAll(new URL(base).host, '__HOST__')
    .replaceAll(id, '__WORKFLOW_ID__');
  return JSON.parse(text, (key, value: unknown) =>
    key === 'headers' ? namedHeaders(value, calls) : value,
  );
}

/** The measurement keeps only the headers named in a call, and `content-type`. */
function namedHeaders(headers: unknown, calls: readonly WebhookCall[]): unknown {
  if (typeof headers !== 'object' || headers === null || !('user-agent' in headers)) return headers;
  const named = new Set([
    'content-type',
    ...calls.flatMap((call) => Object.keys(call.headers ?? {})),
  ]);
  const lower = new Set([...named].map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => lower.has(name)));
}

async function callWebhook(base: string, call: WebhookCall): Promise<Answer> {
  const { method, path, query, headers = {}, body } = call;
  const isText = typeof body === 'string';
  const response = await fetch(`${base}/webhook/${path}${query ? `?${query}` : ''}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body !== undefined && !isText && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const contentType = response.headers.get('content-type') ?? '';
  // The measurement took for JSON whatever could be read as such, whatever its type said.
  return { status: response.status, contentType, body: text ? parsed(text) : text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The executions of a workflow in order of creation, once `count` of them have ended or wait. */
async function endedExecutions(
  server: Server,
  workflowId: string,
  count: number,
): Promise<ActualExecution[]> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const { data } = await server.api('GET', `/executions?workflowId=${workflowId}`);
    const rows = (Array.isArray(data) ? data : []) as {
      id: string;
      status: string;
      createdAt: string;
    }[];
    const open = rows.some(({ status }) => status === 'new' || status === 'running');
    if ((rows.length >= count && !open) || Date.now() > deadline) {
      const ordered = rows.toReversed();
      return Promise.all(
        ordered.map(
          async ({ id }) =>
            (await server.api('GET', `/executions/${id}?data=true`)) as unknown as ActualExecution,
        ),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function compareAnswers(one: ConformanceCase, answers: readonly Answer[], base: string): string[] {
  return (one.expected.webhookResponses ?? []).flatMap((expected, index) => {
    const actual = answers[index];
    if (!actual) return [`answer ${index} is missing`];
    const body: unknown = JSON.parse(
      (JSON.stringify(actual.body) ?? 'null')
        .replaceAll(base, '__BASE__')
        .replaceAll(new URL(base).host, '__HOST__'),
    );
    if (expected.status !== actual.status) {
      return [
        `answer ${index} has status ${actual.status}, expected ${expected.status}: ${JSON.stringify(body)?.slice(0, 200)}`,
      ];
    }
    if (expected.status >= 400) return [];
    const wanted = 'json' in expected.body ? expected.body.json : (expected.body.text ?? '');
    return isDeepStrictEqual(wanted, body)
      ? []
      : [
          `answer ${index} is ${JSON.stringify(body)?.slice(0, 300)}, expected ${JSON.stringify(wanted)?.slice(0, 300)}`,
        ];
  });
}

import { randomBytes } from 'node:crypto';
import { nodesBase } from '@millrace/nodes-base';
import { defineNode, defineNodePackage } from '@millrace/workflow/node-api';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawChain, fields } from '../../testing/draw-chain.ts';
import { openTestApp, OWNER, type TestApp } from '../../testing/open-test-app.ts';

const POSTGRES = process.env['MILLRACE_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432';

async function asAdmin(sql: string): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url: `${POSTGRES}/test` }).initialize();
  await source.query(sql).finally(() => source.destroy());
}

/** Works again once it was mended; counts its tries. */
const service = { isBroken: true, calls: 0 };
const flaky = defineNode({
  name: 'n8n-nodes-base.flaky',
  label: 'Flaky',
  version: 1,
  properties: [],
  execute(context) {
    service.calls += 1;
    if (service.isBroken) throw new Error('The Zürich office is closed');
    return [context.items()];
  },
});
/** Runs until it is cancelled. */
const endless = defineNode({
  name: 'n8n-nodes-base.endless',
  label: 'Endless',
  version: 1,
  properties: [],
  async execute(context) {
    await context.sleep(3_600_000);
    return [context.items()];
  },
});
const packages = [nodesBase, defineNodePackage({ name: 'own', nodes: [flaky, endless] })];

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  const database = `executions_${randomBytes(6).toString('hex')}`;
  let app: TestApp;
  let headers: { cookie: string };
  beforeAll(async () => {
    if (kind === 'postgres') await asAdmin(`CREATE DATABASE ${database}`);
    const env = kind === 'postgres' ? { MILLRACE_DATABASE_URL: `${POSTGRES}/${database}` } : {};
    app = await openTestApp({ packages, env });
    headers = await app.signIn(OWNER);
  });
  afterAll(async () => {
    await app.end();
    if (kind === 'postgres') await asAdmin(`DROP DATABASE ${database} WITH (FORCE)`);
  });

  const api = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    app.call({ method, url: `/api/v1${path}`, headers, ...(body !== undefined && { body }) });
  const draw = async (...steps: Parameters<typeof drawChain>[1][]) =>
    (await api('POST', '/workflows', drawChain('Flow', ['Start', 'manualTrigger'], ...steps))).body;
  const run = async (workflowId: string, json: object = {}) =>
    (await api('POST', `/workflows/${workflowId}/test`, { input: [{ json }], wait: true })).body;
  const get = async (id: string) => (await api('GET', `/executions/${id}?data=true`)).body;
  const ids = async (query: string): Promise<string[]> =>
    (await api('GET', `/executions?${query}`)).body.data.map(({ id }: { id: string }) => id);
  const untilEnded = async (id: string) => {
    await expect.poll(async () => (await get(id)).finishedAt).not.toBeNull();
    return get(id);
  };

  test('lists by workflow, status, mode, time, custom data and words, a page at a time', async () => {
    const flow = await draw(
      ['Note', 'set', fields({ note: 'Crème brûlée at 7pm' })],
      [
        'Code',
        'code',
        { jsCode: "$execution.customData.set('customer', $json.customer); return $input.all();" },
        { typeVersion: 2 },
      ],
    );
    const ada = await run(flow.id, { customer: 'Ada' });
    const bo = await run(flow.id, { customer: 'Bo' });
    const other = await draw(['Flaky', 'flaky']);
    service.isBroken = true;
    const broken = await run(other.id);

    expect(await ids(`workflowId=${flow.id}`)).toEqual([bo.id, ada.id]);
    expect(await ids('status=error')).toEqual([broken.id]);
    expect(await ids('mode=webhook')).toEqual([]);
    expect(
      await ids(`since=${bo.createdAt}&until=${bo.createdAt}&workflowId=${flow.id}`),
    ).toContain(bo.id);
    expect(await ids('customKey=customer')).toEqual([bo.id, ada.id]);
    expect(await ids('customKey=customer&customValue=Ada')).toEqual([ada.id]);
    expect(await ids('customKey=nothing')).toEqual([]);

    expect(await ids('text=creme%20BRU')).toEqual([bo.id, ada.id]);
    expect(await ids('text=ada')).toEqual([ada.id]);
    expect(await ids('text=zurich%20office')).toEqual([broken.id]);
    expect(await ids(`text=${encodeURIComponent(`'"*):`)}`)).toEqual([]);
    const later = await run(flow.id, { customer: 'Latecomer' });
    expect(await ids('text=latecomer')).toEqual([later.id]);
    await api('DELETE', `/executions/${later.id}`);
    expect(await ids('text=latecomer')).toEqual([]);

    const first = (await api('GET', '/executions?limit=2')).body;
    const second = (await api('GET', `/executions?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([broken.id, bo.id, ada.id]);
    expect(
      (await api('GET', `/executions?customKey=${encodeURIComponent("a' OR 1")}`)).status,
    ).toBe(400);
  });

  test('shows the tries that failed before the last one', async () => {
    const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
    const flow = await draw(['Flaky', 'flaky', {}, retrying]);
    service.isBroken = true;
    const { runData } = await run(flow.id);
    const failed = (attempt: number) =>
      expect.objectContaining({
        attempt,
        startedAt: expect.any(Number),
        error: expect.objectContaining({ message: 'The Zürich office is closed' }),
      });
    expect(runData.Flaky).toEqual([
      expect.objectContaining({ attempt: 3, status: 'error', attempts: [failed(1), failed(2)] }),
    ]);
    expect(runData.Start[0]).not.toHaveProperty('attempts');
  });

  test('tries again from the failed node, with the runs before it kept and not done again', async () => {
    const flow = await draw(
      ['Before', 'set', fields({ a: 'kept' })],
      ['Flaky', 'flaky'],
      ['End', 'noOp'],
    );
    service.isBroken = true;
    const failed = await run(flow.id, { n: 1 });
    expect(failed).toMatchObject({ status: 'error', error: { node: 'Flaky' } });
    service.isBroken = false;
    const again = (await api('POST', `/executions/${failed.id}/retry`, { fromFailed: true })).body;
    const ended = await untilEnded(again.id);
    expect(ended).toMatchObject({ status: 'success', order: ['Start', 'Before', 'Flaky', 'End'] });
    expect(ended.runData.Before[0].startedAt).toBe(failed.runData.Before[0].startedAt);
    expect(ended.runData.End[0].outputs[0][0].json).toEqual({ n: 1, a: 'kept' });

    const chosen = await api('POST', `/executions/${ended.id}/retry`, { from: 'End' });
    const { calls } = service;
    expect((await untilEnded(chosen.body.id)).status).toBe('success');
    expect(service.calls).toBe(calls);
    expect((await api('POST', `/executions/${ended.id}/retry`, { from: 'Nowhere' })).status).toBe(
      409,
    );
    expect((await api('POST', `/executions/${ended.id}/retry`, { fromFailed: true })).status).toBe(
      409,
    );
  });

  test('tries again on the version it ran on, or on the one published now', async () => {
    const flow = await draw(['Edit', 'set', fields({ version: 'old' })]);
    await api('POST', `/workflows/${flow.id}/publish`);
    const body = { input: [{ json: {} }], wait: true };
    const old = (await api('POST', `/workflows/${flow.id}/execute`, body)).body;
    const { body: draft } = await api('GET', `/workflows/${flow.id}`);
    draft.nodes[1].parameters = fields({ version: 'new' });
    await api('PUT', `/workflows/${flow.id}`, draft);
    await api('POST', `/workflows/${flow.id}/publish`);

    const retry = async (input: object) => {
      const { body: started } = await api('POST', `/executions/${old.id}/retry`, input);
      const { runData } = await untilEnded(started.id);
      return runData.Edit[0].outputs[0][0].json.version;
    };
    expect(await retry({})).toBe('old');
    expect(await retry({ version: 'published' })).toBe('new');
    await api('POST', `/workflows/${flow.id}/unpublish`);
    const none = await api('POST', `/executions/${old.id}/retry`, { version: 'published' });
    expect(none).toMatchObject({ status: 409, body: { code: 'RESOURCE_CONFLICT' } });
  });

  test('cancels what runs, and says so at once', async () => {
    const flow = await draw(['Endless', 'endless'], ['End', 'noOp']);
    const { body } = await api('POST', `/workflows/${flow.id}/test`, { input: [{ json: {} }] });
    await expect.poll(async () => (await get(body.id)).status).toBe('running');
    expect((await api('POST', `/executions/${body.id}/retry`, {})).status).toBe(409);
    const canceled = await api('POST', `/executions/${body.id}/cancel`);
    expect(canceled.body).toMatchObject({ status: 'canceled' });
    expect(canceled.body.finishedAt).not.toBeNull();
    expect((await api('POST', `/executions/${body.id}/cancel`)).status).toBe(409);
    expect((await get(body.id)).order).not.toContain('End');
  });

  test('says why it waits, and where it can be called only to those who may', async () => {
    const flow = await draw(['Wait', 'wait', { resume: 'webhook', limitWaitTime: true }]);
    const { id } = await run(flow.id);
    const { waiting } = await get(id);
    expect(waiting).toMatchObject({ for: 'call', node: 'Wait' });
    expect(Date.parse(waiting.until)).toBeGreaterThan(Date.now());
    expect(waiting.address).toMatch(new RegExp(`/webhook-waiting/${id}\\?signature=`));
    await api('POST', `/executions/${id}/cancel`);
    expect((await get(id)).waiting).toBeUndefined();
  });

  test('acts on many at once, with a filter and a count of how far it is', async () => {
    const flow = await draw(['Flaky', 'flaky']);
    service.isBroken = true;
    for (const n of [1, 2, 3]) await run(flow.id, { n });
    service.isBroken = false;
    const act = async (body: object) => {
      const started = await api('POST', '/executions/bulk', body);
      expect(started.status).toBe(202);
      const progress = async () => (await api('GET', `/executions/bulk/${started.body.id}`)).body;
      await expect.poll(async () => (await progress()).status).toBe('done');
      return progress();
    };
    const filter = { workflowId: flow.id, status: 'error' };
    expect(await act({ action: 'retry', filter })).toMatchObject({ total: 3, done: 3, failed: 0 });
    await expect.poll(() => ids(`workflowId=${flow.id}&status=success`)).toHaveLength(3);
    const gone = { action: 'delete', filter: { workflowId: flow.id } };
    expect(await act(gone)).toMatchObject({ total: 6, done: 6, failed: 0 });
    expect(await ids(`workflowId=${flow.id}`)).toEqual([]);
    expect(await act({ action: 'cancel', ids: ['nothing'] })).toMatchObject({
      total: 1,
      done: 0,
      failed: 1,
      firstError: expect.stringContaining('nothing'),
    });
    expect((await api('POST', '/executions/bulk', { action: 'delete' })).status).toBe(400);
    expect((await api('GET', '/executions/bulk/other')).status).toBe(404);
  });
});

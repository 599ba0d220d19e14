import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../testing/open-test-app.ts';

const editorFolder = mkdtempSync(join(tmpdir(), 'millrace-editor-'));
let app: TestApp;
beforeAll(async () => {
  mkdirSync(join(editorFolder, 'assets'));
  writeFileSync(join(editorFolder, 'index.html'), '<!doctype html><title>Editor</title>');
  writeFileSync(join(editorFolder, 'assets', 'app-1.js'), 'export {};');
  writeFileSync(join(editorFolder, 'logo.svg'), '<svg/>');
  writeFileSync(join(editorFolder, 'theme.js'), 'early();');
  app = await openTestApp({ editorFolder });
});
afterAll(async () => {
  await app.end();
  rmSync(editorFolder, { recursive: true });
});

test.each(['/', '/workflows/abc', '/sign-in?next=%2F'])(
  '%s is a page of the editor',
  async (url) => {
    const { status, headers, body } = await app.call({ url });
    expect(status).toBe(200);
    expect(body).toContain('<title>Editor</title>');
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-security-policy': expect.stringContaining("script-src 'self';"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  },
);

test('files of the editor are served, and kept by browsers when their name says so', async () => {
  const script = await app.call({ url: '/assets/app-1.js' });
  expect(script).toMatchObject({ status: 200, body: 'export {};' });
  expect(script.headers['cache-control']).toContain('immutable');
  expect((await app.call({ url: '/logo.svg' })).headers['content-type']).toBe('image/svg+xml');
  const theme = await app.call({ url: '/theme.js?v=1' });
  expect(theme).toMatchObject({ status: 200, body: 'early();' });
  expect(theme.headers['content-type']).toContain('text/javascript');
});

test.each(['/assets/none.js', '/api/v1/none', '/api/none'])('%s is not there', async (url) => {
  const { status, headers, body } = await app.call({ url });
  expect(status).toBe(404);
  expect(headers['content-type']).toContain('application/problem+json');
  expect(body).toMatchObject({ code: 'RESOURCE_NOT_FOUND', status: 404 });
});

test('an address does not leave the folder', async () => {
  const { status, body } = await app.call({ url: '/assets/..%2f..%2findex.html' });
  expect(status).toBe(404);
  expect(JSON.stringify(body)).not.toContain('<title>');
});

test.each(['/webhook/x', '/form/x', '/webhook-waiting/x'])(
  '%s answers as another origin',
  async (url) => {
    const { headers } = await app.call({ url });
    expect(headers['content-security-policy']).toMatch(/^sandbox /);
    expect(headers['content-security-policy']).not.toContain('allow-same-origin');
  },
);

test('answers of the API run nothing', async () => {
  const { headers } = await app.call({ url: '/api/v1/setup' });
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});

test('the API describes itself', async () => {
  const { body } = await app.call({ url: '/api/v1/openapi.json' });
  expect(body.openapi).toBe('3.1.0');
  expect(body.paths['/api/v1/workflows/{id}'].put.requestBody).toBeDefined();
  expect((await app.call({ url: '/api/v1/docs/' })).status).toBe(200);
});

test('metrics and health need nobody signed in', async () => {
  expect((await app.call({ url: '/readyz' })).body).toEqual({ status: 'ok' });
  expect((await app.call({ url: '/metrics' })).body).toContain(
    'millrace_http_request_duration_seconds_bucket',
  );
});

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { millrace } from '../conformance/cli-batch.ts';
import { freePort, untilAnswers } from '../conformance/echo-server.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let base: string;
let browser: Browser;
let server: ReturnType<typeof millrace>;
const home = mkdtempSync(join(tmpdir(), 'millrace-browser-'));

beforeAll(async () => {
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  server = millrace(['start'], {
    MILLRACE_HOME: home,
    MILLRACE_PORT: String(port),
    MILLRACE_LOG_LEVEL: 'error',
  });
  server.stdout?.resume();
  server.stderr?.resume();
  await untilAnswers(`${base}/readyz`);
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  const ended = once(server, 'close');
  server.kill('SIGTERM');
  await ended;
  rmSync(home, { recursive: true, force: true });
});

test('a new user makes the owner, draws webhook → Set → Respond, publishes it, calls it and sees the run', async () => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 }, locale: 'en-US' });
  page.setDefaultTimeout(15_000);
  await makeOwner(page);

  const { id } = await page.evaluate(async () => {
    const made = await fetch('/api/v1/workflows', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'Greet callers',
        nodes: [],
        connections: {},
        settings: { executionOrder: 'v1' },
      }),
    });
    return (await made.json()) as { id: string };
  });
  await page.goto(`${base}/workflows/${id}`);
  await draw(page);

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Published', { exact: true }).waitFor();
  const answer = await fetch(`${base}/webhook/greet?name=Ada`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ greeting: 'Hello Ada' });

  await page.goto(`${base}/executions`);
  await page
    .getByRole('link', { name: /Greet callers/ })
    .first()
    .click();
  await page
    .getByRole('group', { name: /^Edit Fields/ })
    .first()
    .dblclick();
  await page.getByText('Hello Ada').first().waitFor();
  expect(await page.getByText('Hello Ada').count()).toBeGreaterThan(0);
}, 120_000);

async function makeOwner(page: Page): Promise<void> {
  await page.goto(base);
  await page.getByLabel(/e-?mail/i).fill('owner@example.com');
  await page.locator('input[type=password]').first().fill('correct-horse-battery');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/workflows');
}

async function draw(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add first node' }).click();
  await choose(page, 'webhook');
  await page
    .getByRole('combobox', { name: /respond/i })
    .first()
    .click();
  await page.getByRole('option', { name: /Respond to Webhook/i }).click();
  await page
    .getByRole('textbox', { name: 'Path' })
    .or(page.getByRole('group', { name: 'Path' }).locator('input'))
    .first()
    .fill('greet');
  await closePanel(page);

  await page.getByRole('button', { name: 'Add node after Webhook' }).click();
  await choose(page, 'edit fields');
  await page.getByRole('button', { name: 'Add field' }).click();
  await page.getByRole('textbox', { name: 'Field name' }).fill('greeting');
  await page.getByRole('button', { name: 'Expression for Value' }).click();
  await page.getByRole('textbox', { name: 'Value' }).click();
  await page.keyboard.type('Hello {{ $json.query.name');
  await closePanel(page);

  await page.getByRole('button', { name: 'Add node after Edit Fields' }).click();
  await choose(page, 'respond');
  await closePanel(page);
  await page.getByText('Saved', { exact: true }).waitFor();
}

async function choose(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Search nodes and actions' }).fill(text);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
}

/** Escape first closes what is open inside the panel, then the panel. */
async function closePanel(page: Page): Promise<void> {
  const panel = page.getByRole('dialog');
  await expect
    .poll(async () => {
      if ((await panel.count()) > 0) await page.keyboard.press('Escape');
      return panel.count();
    })
    .toBe(0);
}

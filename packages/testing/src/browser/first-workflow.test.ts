import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi, makeOwner, openInstance, type Instance } from './open-instance.ts';

let instance: Instance;

beforeAll(async () => {
  instance = await openInstance();
}, 120_000);

afterAll(() => instance.close());

test('a new user makes the owner, draws webhook → Set → Respond, publishes it, calls it and sees the run', async () => {
  const { base, browser } = instance;
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 }, locale: 'en-US' });
  page.setDefaultTimeout(15_000);
  await makeOwner(page, base);

  const { id } = await callApi<{ id: string }>(page, 'POST', '/workflows', {
    name: 'Greet callers',
    nodes: [],
    connections: {},
    settings: { executionOrder: 'v1' },
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

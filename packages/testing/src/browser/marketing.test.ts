import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeOwner, openInstance, type Instance } from './open-instance.ts';

let instance: Instance;

beforeAll(async () => {
  instance = await openInstance();
}, 120_000);

afterAll(() => instance.close());

test('from nothing to quick wins: sample data, one run of SEO Empire, and the list of them', async () => {
  const { base, browser } = instance;
  const page = await browser.newPage({ locale: 'en-US' });
  page.setDefaultTimeout(100_000);
  await makeOwner(page, base);

  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Fill with sample data' }).click();
  await page.getByRole('button', { name: 'Run SEO Empire' }).click();
  await page.getByRole('button', { name: 'Stop SEO Empire' }).waitFor();
  await page.getByRole('button', { name: 'Run SEO Empire' }).waitFor();

  await page.getByRole('link', { name: 'Keywords', exact: true }).click();
  await page.getByRole('switch', { name: 'Quick wins only' }).click();
  const list = page.getByRole('table', { name: 'Keywords' });
  await list.getByText('Quick win').first().waitFor();
  const shown = Number(await list.getAttribute('aria-rowcount')) - 1;
  expect(shown).toBeGreaterThanOrEqual(50);
}, 240_000);

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedDemo } from './demo-data.ts';
import { makeOwner, openInstance, type Instance } from './open-instance.ts';
import { shots, type Demo } from './shots.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const GRAVE = new Set(['serious', 'critical']);

let instance: Instance;
let demo: Demo;
const contexts = new Map<string, BrowserContext>();

beforeAll(async () => {
  instance = await openInstance();
  const first = await newContext('light');
  const page = await first.newPage();
  await makeOwner(page, instance.base);
  demo = await seedDemo(page, instance.base);
  const storageState = await first.storageState();
  contexts.set('light', first);
  contexts.set('dark', await newContext('dark', storageState));
}, 180_000);

afterAll(() => instance.close());

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  test.each(shots.filter(({ isPublic }) => !isPublic).map(({ name, open }) => ({ name, open })))(
    '$name can be read and used by everybody',
    async ({ open }) => {
      const page = await contexts.get(theme)?.newPage();
      if (!page) throw new Error(`No browser context for ${theme}`);
      await open(page, demo);
      await page.waitForLoadState('networkidle');
      expect(await graveFaults(page)).toEqual([]);
      await page.close();
    },
    60_000,
  );
});

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

function newContext(colorScheme: 'light' | 'dark', storageState?: StorageState) {
  return instance.browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme,
    locale: 'en-US',
    // Without it colours are measured half-way through a fade.
    reducedMotion: 'reduce',
    ...(storageState && { storageState }),
  });
}

/** What axe finds serious or worse: the rule, and where. */
async function graveFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact && GRAVE.has(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

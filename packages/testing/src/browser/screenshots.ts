/**
 * `npm run screenshots`: every page of the editor, light and dark, into docs/images.
 * Pages are those of a fresh instance with one busy workflow; nothing of the machine shows in them.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { seedDemo } from './demo-data.ts';
import { makeOwner, openInstance } from './open-instance.ts';
import { shots, type Demo } from './shots.ts';

const folder = fileURLToPath(new URL('../../../../docs/images/', import.meta.url));
const only = new Set(process.argv.slice(2));
const wanted = shots.filter(({ name }) => only.size === 0 || only.has(name));

mkdirSync(folder, { recursive: true });
const instance = await openInstance();
try {
  await takeBeforeSignIn();
  const context = await newContext('light');
  const page = await context.newPage();
  await makeOwner(page, instance.base);
  const demo = await seedDemo(page, instance.base);
  const state = await context.storageState();
  for (const theme of ['light', 'dark'] as const) {
    const themed = await newContext(theme, state);
    for (const shot of wanted) {
      if (shot.isPublic) continue;
      await take(await themed.newPage(), shot.name, theme, (visit) => shot.open(visit, demo));
    }
    await themed.close();
  }
} finally {
  await instance.close();
}

/** Without an owner every address leads to the set-up page. */
async function takeBeforeSignIn(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    const context = await newContext(theme);
    for (const shot of wanted) {
      if (!shot.isPublic) continue;
      const demo: Demo = {
        base: instance.base,
        workflowId: '',
        executionId: '',
        tableId: '',
        templateId: '',
      };
      await take(await context.newPage(), shot.name, theme, (page) => shot.open(page, demo));
    }
    await context.close();
  }
}

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

function newContext(theme: 'light' | 'dark', storageState?: StorageState): Promise<BrowserContext> {
  return instance.browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-US',
    ...(storageState && { storageState }),
  });
}

async function take(
  page: Page,
  name: string,
  theme: string,
  open: (page: Page) => Promise<void>,
): Promise<void> {
  page.setDefaultTimeout(20_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await open(page);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${folder}${name}-${theme}.png` });
    console.error(`${name}-${theme}.png${errors.length ? `  page errors: ${errors}` : ''}`);
  } catch (error) {
    console.error(`${name}-${theme} failed: ${String(error)}`);
    process.exitCode = 1;
  } finally {
    await page.close();
  }
}

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
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

/** A fresh Millrace process with its own folder, and a browser to look at it with. */
export interface Instance {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly base: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Starts both. The first start builds what is stale, so give it two minutes. */
export async function openInstance(): Promise<Instance> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
  const home = mkdtempSync(join(tmpdir(), 'millrace-browser-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = millrace(['start'], {
    MILLRACE_HOME: home,
    MILLRACE_PORT: String(port),
    MILLRACE_LOG_LEVEL: 'error',
  });
  server.stdout?.resume();
  server.stderr?.resume();
  await untilAnswers(`${base}/readyz`);

  return {
    base,
    browser,
    async close() {
      await browser.close();
      const ended = once(server, 'close');
      server.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Makes the owner's account, as the first visitor does. The page then shows the workflow list. */
export async function makeOwner(page: Page, base: string): Promise<void> {
  await page.goto(base);
  await page.getByLabel(/e-?mail/i).fill('owner@example.com');
  await page.locator('input[type=password]').first().fill('correct-horse-battery');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/workflows');
}

/** Calls the REST API with the page's session, as the page itself would. */
export async function callApi<T>(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const data = body === undefined ? undefined : JSON.stringify(body);
  const text = await page.evaluate(
    async (call) => {
      const answer = await fetch(call.url, {
        method: call.method,
        ...(call.data !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: call.data,
        }),
      });
      return answer.text();
    },
    { url: `/api/v1${path}`, method, data },
  );
  return JSON.parse(text);
}

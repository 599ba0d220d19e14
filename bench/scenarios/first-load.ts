import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Measurement } from '../measurement.ts';
import { startMillrace } from '../millrace-process.ts';
import { OWNER } from '../owner.ts';

/** U2: what a browser loads for sign-in and the list of workflows, compressed. */
export async function firstLoad(): Promise<Measurement[]> {
  const millrace = await startMillrace();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    const sizes: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.url().startsWith(`${millrace.base}/api/`) || response.status() !== 200) return;
      sizes.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.goto(millrace.base);
    await page.locator('input[type=email]').fill(OWNER.email);
    await page.locator('input[type=password]').fill(OWNER.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    await page.waitForLoadState('networkidle');
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    return [
      {
        id: 'U2',
        what: `sign-in and list, compressed (${sizes.length} files)`,
        subject: bytes / 1024,
        unit: 'KB',
        target: '< 350 KB',
      },
    ];
  } finally {
    await browser.close();
    await millrace.close();
  }
}

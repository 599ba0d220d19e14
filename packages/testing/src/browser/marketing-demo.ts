import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { callApi } from './open-instance.ts';

const LOOK_AGAIN_MS = 300;

/** Fills the project with a twentieth of the sample data and runs every programme once. */
export async function fillMarketing(page: Page): Promise<void> {
  await callMarketing(page, 'samples', { scale: 0.05 });
  const { programmes } = await callApi<{ programmes: { programme: string }[] }>(
    page,
    'GET',
    '/marketing/workflows/health',
  );
  for (const { programme } of programmes)
    await callMarketing(page, `workflows/${programme}/run`, {});
}

async function callMarketing(page: Page, path: string, body: object): Promise<void> {
  const { jobId } = await callApi<{ jobId: string }>(page, 'POST', `/marketing/${path}`, body);
  await ended(page, jobId);
}

/** Waits for a job; one that failed is an error. */
async function ended(page: Page, id: string): Promise<void> {
  for (;;) {
    const job = await callApi<{ status: string; error: unknown }>(page, 'GET', `/jobs/${id}`);
    if (job.status === 'success') return;
    if (job.status !== 'queued' && job.status !== 'running')
      throw new Error(`The job ${id} ended as ${job.status}: ${JSON.stringify(job.error)}`);
    await pause(LOOK_AGAIN_MS);
  }
}

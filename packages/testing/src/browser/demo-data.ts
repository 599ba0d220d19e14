import type { Page } from 'playwright-core';
import { demoWorkflow } from './demo-workflow.ts';
import { callApi } from './open-instance.ts';
import type { Demo } from './shots.ts';

/** Fills a fresh instance with a little of everything: what the pictures and the checks look at. */
export async function seedDemo(page: Page, base: string): Promise<Demo> {
  const create = async (path: string, body: object) =>
    (await callApi<{ id: string }>(page, 'POST', path, body)).id;

  const workflowId = await create('/workflows', demoWorkflow);
  const tagId = await create('/tags', { name: 'orders' });
  await callApi(page, 'PUT', `/workflows/${workflowId}/tags`, { tagIds: [tagId] });
  await callApi(page, 'POST', `/workflows/${workflowId}/publish`);
  for (const customer of ['Ada', 'Grace', 'Edsger']) {
    const answer = await fetch(`${base}/webhook/orders?customer=${customer}`);
    if (!answer.ok) throw new Error(`The demo workflow answered ${answer.status}`);
  }
  const { data } = await callApi<{ data: { id: string }[] }>(page, 'GET', '/executions?limit=1');

  await create('/variables', { key: 'bigOrder', value: '100' });
  await create('/variables', { key: 'shopAddress', value: 'https://shop.example.com' });
  await create('/credentials', {
    name: 'Shop API',
    type: 'httpHeaderAuth',
    data: { name: 'x-key', value: 'not-a-secret' },
    hosts: ['shop.example.com'],
  });
  const tableId = await create('/data-tables', {
    name: 'Customers',
    columns: [
      { name: 'name', type: 'string' },
      { name: 'orders', type: 'number' },
      { name: 'isRegular', type: 'boolean' },
    ],
  });
  await callApi(page, 'POST', `/data-tables/${tableId}/rows`, {
    data: [
      { name: 'Ada', orders: 12, isRegular: true },
      { name: 'Grace', orders: 3, isRegular: false },
      { name: 'Edsger', orders: 7, isRegular: true },
    ],
  });
  const templates = await callApi<{ data: { id: string }[] }>(page, 'GET', '/templates');
  return {
    base,
    workflowId,
    executionId: data[0]?.id ?? '',
    tableId,
    templateId: templates.data[0]?.id ?? '',
  };
}

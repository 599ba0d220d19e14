import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi, makeOwner, openInstance, type Instance } from './open-instance.ts';

let instance: Instance;

beforeAll(async () => {
  instance = await openInstance();
}, 120_000);

afterAll(() => instance.close());

const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
  id: name,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion,
  position: [0, 0],
  parameters,
});
const NODES = [
  node('Form', 'formTrigger', 2.6, {
    formTitle: 'Apply',
    formFields: {
      values: [
        { fieldLabel: 'Name', requiredField: true },
        { fieldLabel: 'CV', fieldType: 'file' },
      ],
    },
    options: { path: 'apply' },
  }),
  node('Sleep', 'wait', 1.1, { resume: 'timeInterval', amount: 1, unit: 'seconds' }),
  node('Page', 'form', 2.5, {
    formFields: { values: [{ fieldLabel: 'Why' }] },
    options: { formTitle: '=Hello {{ $("Form").item.json.Name }}' },
  }),
  node('End', 'form', 2.5, {
    operation: 'completion',
    completionTitle: 'Thank you',
    completionMessage: '={{ $json.Why }}',
  }),
];
const CONNECTIONS = Object.fromEntries(
  NODES.slice(1).map((to, index) => [
    NODES[index]?.name,
    { main: [[{ node: to.name, type: 'main', index: 0 }]] },
  ]),
);

test('a visitor fills a form of two pages, without scripts and in a page of another origin', async () => {
  const { base, browser } = instance;
  const owner = await browser.newPage();
  await makeOwner(owner, base);
  const { id } = await callApi<{ id: string }>(owner, 'POST', '/workflows', {
    name: 'Apply',
    nodes: NODES,
    connections: CONNECTIONS,
    settings: { executionOrder: 'v1' },
  });
  await callApi(owner, 'POST', `/workflows/${id}/publish`);

  const visitor = await browser.newPage({ javaScriptEnabled: false });
  visitor.setDefaultTimeout(15_000);
  await visitor.goto(`${base}/form/apply`);
  await visitor.getByLabel('Name').fill('Ada');
  const buffer = Buffer.from('my life');
  await visitor.getByLabel('CV').setInputFiles({ name: 'cv.txt', mimeType: 'text/plain', buffer });
  await visitor.getByRole('button', { name: 'Submit' }).click();
  await visitor.getByRole('heading', { name: 'Hello Ada' }).waitFor();
  await visitor.getByLabel('Why').fill('For fun');
  await visitor.getByRole('button', { name: 'Submit' }).click();
  await visitor.getByRole('heading', { name: 'Thank you' }).waitFor();
  expect(await visitor.getByRole('status').innerText()).toContain('For fun');
}, 120_000);

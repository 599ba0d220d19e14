import type { WorkflowJson } from '@millrace/workflow/graph';
import type { NodeRegistry } from '@millrace/workflow/node-api';
import { newId, ProjectEntity, SettingEntity, type Database } from '../../db/index.ts';
import { SYSTEM } from '../../platform/index.ts';
import type { PublishingService } from './publishing.service.ts';
import type { WorkflowService } from './workflows.service.ts';

interface SeedOptions {
  readonly db: Database;
  readonly registry: NodeRegistry;
  readonly workflows: WorkflowService;
  readonly publishing: PublishingService;
  readonly now?: () => number;
}

/**
 * At the first start of an instance: its first project, and a published workflow in it, so that
 * `curl …/webhook/hello` answers before anybody signed up. The owner gets that project.
 */
export async function seedSample({
  db,
  registry,
  workflows,
  publishing,
  now = Date.now,
}: SeedOptions) {
  const isFirst = await db.transaction(async (manager) => {
    if (await manager.existsBy(SettingEntity, { key: 'first-start' })) return false;
    await manager.insert(SettingEntity, { key: 'first-start', value: String(now()) });
    if (await manager.existsBy(ProjectEntity, { kind: 'personal' })) return false;
    await manager.insert(ProjectEntity, {
      id: newId(now()),
      name: 'Personal',
      kind: 'personal',
      createdAt: now(),
    });
    return true;
  });
  const hasItsNodes = SAMPLE.nodes.every(({ type, typeVersion }) =>
    registry.find(type, typeVersion),
  );
  if (!isFirst || !hasItsNodes) return;
  const { id } = await workflows.create(SYSTEM, SAMPLE);
  await publishing.publish(SYSTEM, id);
}

const SAMPLE: WorkflowJson = {
  name: 'Hello, Millrace',
  nodes: [
    {
      id: '6d1f4ff4-7c53-4a3e-9f5e-1f0a4b0a0001',
      name: 'Webhook',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      position: [0, 0],
      parameters: { path: 'hello', responseMode: 'responseNode', options: {} },
    },
    {
      id: '6d1f4ff4-7c53-4a3e-9f5e-1f0a4b0a0002',
      name: 'Edit Fields',
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      position: [220, 0],
      parameters: {
        assignments: {
          assignments: [
            {
              id: '6d1f4ff4-7c53-4a3e-9f5e-1f0a4b0a0004',
              name: 'message',
              value: "=Hello, {{ $json.query.name || 'world' }}!",
              type: 'string',
            },
          ],
        },
        options: {},
      },
    },
    {
      id: '6d1f4ff4-7c53-4a3e-9f5e-1f0a4b0a0003',
      name: 'Respond to Webhook',
      type: 'n8n-nodes-base.respondToWebhook',
      typeVersion: 1.1,
      position: [440, 0],
      parameters: { options: {} },
    },
  ],
  connections: {
    Webhook: { main: [[{ node: 'Edit Fields', type: 'main', index: 0 }]] },
    'Edit Fields': { main: [[{ node: 'Respond to Webhook', type: 'main', index: 0 }]] },
  },
  settings: { executionOrder: 'v1' },
};

import type { NodeJson } from '@millrace/workflow/graph';
import type { NodeDescription } from '@millrace/workflow/node-api';

export interface WebhookAddress {
  readonly node: string;
  readonly method: string;
  /** Answers while the workflow is published. */
  readonly live: string;
  /** Answers once after a test was begun in the editor. */
  readonly test: string;
}

/** The addresses of a workflow's webhook triggers, at this server. */
export function webhooksOf(
  nodes: readonly NodeJson[],
  find: (node: NodeJson) => NodeDescription | undefined,
  origin: string,
): readonly WebhookAddress[] {
  return nodes.flatMap((node) => {
    const description = find(node);
    if (!description?.webhooks?.length || node.disabled || !description.group.includes('trigger'))
      return [];
    const path = String(node.parameters['path'] ?? '') || node.webhookId || '';
    if (!path || path.startsWith('=')) return [];
    const kind = node.type.endsWith('.formTrigger') ? 'form' : 'webhook';
    const tail = path.replace(/^\/+/, '');
    return [
      {
        node: node.name,
        method: kind === 'form' ? 'GET' : String(node.parameters['httpMethod'] ?? 'GET'),
        live: `${origin}/${kind}/${tail}`,
        test: `${origin}/${kind}-test/${tail}`,
      },
    ];
  });
}

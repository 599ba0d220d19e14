import type { Item } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { programmes } from '../programmes/all.ts';
import { inOrder } from '../programmes/controller/controller.ts';
import { dashboard } from '../programmes/controller/dashboard.ts';
import { programmesHealth } from '../programmes/controller/health.ts';
import { stopRuns } from '../programmes/run-state.ts';
import { marketingControllerIcon } from './marketing-programme.icon.ts';
import { runInWorkflow } from './marketing-programme.node.ts';

const names = [...programmes.keys()];

const params = {
  operation: p.options({
    label: 'Operation',
    default: 'startAll',
    choices: [
      {
        value: 'startAll',
        label: 'Start All',
        hint: 'Every enabled programme, the highest priority first; one that fails stops no other',
      },
      {
        value: 'stopAll',
        label: 'Stop All',
        hint: 'Each stops after its phase and goes on there when it is started again',
      },
      { value: 'status', label: 'Status', hint: 'One item a programme, with what is in its way' },
      { value: 'dashboard', label: 'Dashboard', hint: 'One item with everything' },
    ],
  }),
  seed: p.number({ label: 'Seed', default: 1, when: { operation: ['startAll'] } }),
} as const;

/** All four programmes at once. */
export default defineNode({
  name: 'millrace-nodes-marketing.marketingController',
  label: 'Marketing Controller',
  description: 'Starts, stops and watches all marketing programmes',
  version: 1,
  group: ['marketing'],
  icon: marketingControllerIcon,
  subtitle: '={{ $parameter["operation"] }}',
  codex: {
    categories: ['Marketing'],
    alias: ['master', 'orchestrator', 'start all', 'health', 'dashboard', 'status'],
  },
  credentials: [{ name: 'llmApi', required: false }],
  params,
  async execute(context) {
    const { tables } = context;
    const given = decodeParams(params, readParams(params, context, 0));
    switch (given.operation) {
      case 'stopAll':
        return [[{ json: { stopped: await stopRuns(tables, names) } }]];
      case 'status': {
        const states = await programmesHealth(tables, names, context.now());
        return [states.map((state): Item => ({ json: { ...state } }))];
      }
      case 'dashboard':
        return [[{ json: { ...(await dashboard(tables, names, context.now())) } }]];
      default:
        return [await startAll(context, given.seed ?? 1)];
    }
  },
});

async function startAll(context: ExecuteContext, seed: number): Promise<Item[]> {
  const items: Item[] = [];
  for (const { programme } of await inOrder(context.tables, names)) {
    try {
      items.push({ json: await runInWorkflow(context, programme, { seed }) });
    } catch (error) {
      // Its run says the same; the other programmes have their turn.
      context.signal.throwIfAborted();
      items.push({
        json: { programme, error: error instanceof Error ? error.message : String(error) },
      });
    }
  }
  return items;
}

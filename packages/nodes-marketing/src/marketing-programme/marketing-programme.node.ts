import type { JsonObject } from '@millrace/workflow/items';
import {
  decodeParams,
  defineNode,
  p,
  readParams,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import { NodeError } from '@millrace/workflow/errors';
import { programmes } from '../programmes/all.ts';
import { runProgramme } from '../programmes/run-programme.ts';
import { readSettings } from '../programmes/settings.ts';
import type { Phase, Programme } from '../tables/programmes.ts';
import { marketingProgrammeIcon } from './marketing-programme.icon.ts';

const params = {
  programme: p.options({
    label: 'Programme',
    default: 'seo',
    choices: [
      { value: 'seo', label: 'SEO Empire' },
      { value: 'content', label: 'Trend Content' },
      { value: 'links', label: 'Link Building' },
      { value: 'campaigns', label: 'Campaign Orchestration' },
    ],
  }),
  until: p.options({
    label: 'Run',
    default: 'completed',
    choices: [
      { value: 'completed', label: 'To the End' },
      { value: 'analysing', label: 'Until It Has Analysed' },
      { value: 'planning', label: 'Until It Has Planned' },
      { value: 'executing', label: 'Until It Has Executed' },
    ],
    hint: 'The next node with the same programme goes on from there',
  }),
  seed: p.number({
    label: 'Seed',
    default: 1,
    hint: 'Same data and same seed make the same plans',
  }),
} as const;

/** Runs one of the four programmes in a workflow, whole or phase by phase. */
export default defineNode({
  name: 'millrace-nodes-marketing.marketingProgramme',
  label: 'Marketing Programme',
  description: 'Runs a marketing programme: it analyses, plans, executes and learns',
  version: 1,
  group: ['marketing'],
  icon: marketingProgrammeIcon,
  subtitle: '={{ $parameter["programme"] }}',
  codex: {
    categories: ['Marketing'],
    alias: ['seo', 'trends', 'content', 'link building', 'campaigns', 'plan', 'learn'],
  },
  credentials: [{ name: 'llmApi', required: false }],
  params,
  async execute(context) {
    const given = decodeParams(params, readParams(params, context, 0));
    const until = given.until === 'completed' ? undefined : given.until;
    return [[{ json: await runInWorkflow(context, given.programme, { seed: given.seed, until }) }]];
  },
});

/** One go of a programme with what the workflow gives it: its project, its model, its signal. */
export async function runInWorkflow(
  context: ExecuteContext,
  programme: Programme,
  { seed, until }: { readonly seed: number; readonly until?: Phase | undefined },
): Promise<JsonObject> {
  const { tables, logger, signal, llm, executionId } = context;
  const steps = programmes.get(programme);
  if (!steps)
    throw new NodeError(
      `The programme "${programme}" is not installed`,
      { node: context.node.name },
      { fix: `Choose one of ${[...programmes.keys()].join(', ')}` },
    );
  const { priority } = await readSettings(tables, programme);
  const run = await runProgramme(
    steps,
    { tables, logger, signal, seed, now: () => context.now(), ...(llm && { llm }) },
    {
      trigger: `execution ${executionId}`,
      holder: `execution ${executionId}, node "${context.node.name}"`,
      priority,
      ...(until && { until }),
    },
  );
  return {
    programme,
    runId: run.id,
    phase: run.phase,
    isStopped: run.isStopped,
    progress: run.progress,
    ...run.figures,
  };
}

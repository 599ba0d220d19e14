import { NodeError } from '@millrace/workflow/errors';
import type { Batch, Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, type ExecuteContext, type SubworkflowCall } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { executeWorkflowProperties } from './execute-workflow.properties.ts';
import { workflowInput } from './workflow-input.ts';

/** Runs another workflow and goes on with what its last node gave. */
export const executeWorkflowNode = defineNode({
  name: 'n8n-nodes-base.executeWorkflow',
  label: 'Execute Sub-workflow',
  description: 'Runs another workflow with these items',
  version: [1, 1.1, 1.2, 1.3, 1.4],
  defaultVersion: 1.4,
  group: ['flow'],
  icon: icon('M4 4h6v6H4z', 'M14 14h6v6h-6z', 'M10 7h7v7'),
  properties: executeWorkflowProperties,
  execute: (context) =>
    context.param('mode', 0) === 'each' ? runForEach(context) : runOnce(context),
});

async function runOnce(context: ExecuteContext): Promise<(Batch | null)[]> {
  const items = context.items();
  const input = items.map((item, index) => workflowInput(context, item, index));
  const waitForEnd = context.param('options.waitForSubWorkflow', 0, { fallback: true }) !== false;
  try {
    const { outputs } = await context.runWorkflow({
      workflow: calledWorkflow(context, 0),
      items: input,
      waitForEnd,
    });
    if (!waitForEnd)
      return [items.map((item, index) => ({ ...item, pairedItem: { item: index } }))];
    return outputs.map((batch) =>
      batch.map((item, index) => pairedTo(item, originOf(batch, index, items.length))),
    );
  } catch (error) {
    if (!context.continueOnFail) throw error;
    return [[{ json: { error: error instanceof Error ? error.message : String(error) } }]];
  }
}

async function runForEach(context: ExecuteContext): Promise<(Batch | null)[]> {
  const sent: Item[][] = [[]];
  for (const [index, item] of context.items().entries()) {
    const waitForEnd =
      context.param('options.waitForSubWorkflow', index, { fallback: true }) !== false;
    try {
      const call: SubworkflowCall = {
        workflow: calledWorkflow(context, index),
        items: [workflowInput(context, item, index)],
        waitForEnd,
      };
      const { outputs } = await context.runWorkflow(call);
      const given = waitForEnd ? outputs : [[item]];
      for (const [output, batch] of given.entries()) {
        (sent[output] ??= []).push(...batch.map((each) => pairedTo(each, index)));
      }
    } catch (error) {
      if (!context.continueOnFail) throw error;
      sent[0]?.push({
        json: { error: error instanceof Error ? error.message : String(error) },
        pairedItem: { item: index },
      });
    }
  }
  return Array.from(sent, (batch) => batch ?? []);
}

/** Lineage inside the other workflow means nothing here. */
function pairedTo({ pairedItem: _inner, ...item }: Item, index: number | undefined): Item {
  return index === undefined ? item : { ...item, pairedItem: { item: index } };
}

function originOf(batch: Batch, index: number, inputCount: number): number | undefined {
  if (batch.length === inputCount) return index;
  return inputCount === 1 ? 0 : undefined;
}

function calledWorkflow(context: ExecuteContext, index: number): SubworkflowCall['workflow'] {
  const source = String(context.param('source', index, { fallback: 'database' }));
  if (source === 'parameter')
    return { json: parseWorkflow(context, context.param('workflowJson', index)) };
  if (source !== 'database') {
    throw new NodeError(
      `Workflows cannot be read from "${source}"`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Import the workflow and choose it from the list' },
    );
  }
  const id = String(context.param('workflowId', index, { extractValue: true }) ?? '');
  if (id) return { id };
  throw new NodeError(
    'No workflow is chosen',
    { node: context.node.name },
    { fix: 'Choose a workflow' },
  );
}

function parseWorkflow(context: ExecuteContext, given: unknown): JsonObject {
  try {
    const value: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value));
  } catch (cause) {
    throw new NodeError(
      'The workflow JSON is not valid',
      { node: context.node.name },
      { cause, fix: 'Correct the JSON' },
    );
  }
  throw new NodeError(
    'The workflow JSON is no object',
    { node: context.node.name },
    { fix: 'Paste a whole workflow' },
  );
}

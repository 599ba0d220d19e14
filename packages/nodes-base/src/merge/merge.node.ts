import { NodeError } from '@millrace/workflow/errors';
import type { Batch } from '@millrace/workflow/items';
import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { clashHandling } from './clash.ts';
import { combineByFields, mergePair } from './combine-by-fields.ts';
import { combineByPosition } from './combine-by-position.ts';
import { combineBySql } from './combine-by-sql.ts';
import { icon } from '../icon.ts';
import { lineage, paired } from './lineage.ts';
import { mergeV2Properties } from './merge-v2.properties.ts';
import { mergeProperties } from './merge.properties.ts';

export const mergeIcon = icon('M4 6h4l4 6-4 6H4', 'M12 12h8');

const requiredInputs = '={{ $parameter.mode === "chooseBranch" ? [0, 1] : 1 }}';

/** Brings several inputs together. */
export const mergeNode = defineNode({
  name: 'n8n-nodes-base.merge',
  label: 'Merge',
  description: 'Brings the items of several inputs together',
  version: [3, 3.1, 3.2],
  defaultVersion: 3.2,
  group: ['flow'],
  subtitle: '={{ $parameter["mode"] }}',
  icon: mergeIcon,
  inputs:
    '={{ Array.from({ length: $parameter.numberInputs || 2 }, (_, i) => ({ type: "main", displayName: "Input " + (i + 1) })) }}',
  requiredInputs,
  pure: true,
  properties: mergeProperties,
  async execute(context) {
    const inputs = inputCount(context);
    const isSql = context.param('mode', 0) === 'combineBySql';
    return [isSql ? await combineBySql(context, inputs) : merged(context, inputs)];
  },
});

/** Version 2 always has two inputs. */
export const mergeV2Node = defineNode({
  name: 'n8n-nodes-base.merge',
  label: 'Merge',
  description: 'Brings the items of two inputs together',
  version: [2, 2.1],
  group: ['flow'],
  icon: mergeIcon,
  inputs: ['main', 'main'],
  inputNames: ['Input 1', 'Input 2'],
  requiredInputs,
  pure: true,
  properties: mergeV2Properties,
  execute: (context) => [merged(context, 2)],
});

const combinations: Readonly<Record<string, (context: ExecuteContext, inputs: number) => Batch>> = {
  combineByFields,
  mergeByFields: combineByFields,
  combineByPosition,
  mergeByPosition: combineByPosition,
  combineAll,
  multiplex: combineAll,
};

function merged(context: ExecuteContext, inputs: number): Batch {
  const mode = String(context.param('mode', 0));
  if (mode === 'append')
    return Array.from({ length: inputs }, (_, input) => paired(context.items(input), input)).flat();
  if (mode === 'chooseBranch') return chosenBranch(context, inputs);
  const key = context.node.typeVersion < 3 ? 'combinationMode' : 'combineBy';
  const combine = mode === 'combine' ? combinations[String(context.param(key, 0))] : undefined;
  if (combine) return combine(context, inputs);
  throw new NodeError(
    `Merge mode "${mode}" is not supported`,
    { node: context.node.name },
    { fix: 'Use another mode, or a Code node' },
  );
}

/** Every item of input 1 with every item of input 2. */
function combineAll(context: ExecuteContext): Batch {
  const clash = clashHandling(context, 'preferLast');
  const second = paired(context.items(1), 1);
  return paired(context.items(0), 0).flatMap((item) =>
    second.map((other) => mergePair(item, other, clash)),
  );
}

function chosenBranch(context: ExecuteContext, inputs: number): Batch {
  const output = String(context.param('output', 0));
  if (output === 'empty') {
    const all = Array.from({ length: inputs }, (_, input) =>
      paired(context.items(input), input),
    ).flat();
    return [{ json: {}, pairedItem: lineage(all) }];
  }
  const chosen =
    output === 'specifiedInput'
      ? Number(context.param('useDataOfInput', 0))
      : Number(output.replace('input', ''));
  if (chosen >= 1 && chosen <= inputs) return paired(context.items(chosen - 1), chosen - 1);
  throw new NodeError(
    `The input ${chosen} is not allowed`,
    { node: context.node.name },
    { fix: `Choose an input from 1 to ${inputs}` },
  );
}

const inputCount = (context: ExecuteContext) =>
  Math.max(2, Number(context.param('numberInputs', 0, { fallback: 2 })) || 2);

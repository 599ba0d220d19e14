import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { runForAllItems, runForEachItem } from './run-code.ts';

const FUNCTION = `// Code here will run only once, no matter how many input items there are.
items[0].json.myVariable = 1;
return items;`;

const FUNCTION_ITEM = `// Code here will run once per input item.
item.myVariable = 1;
return item;`;

/** What these nodes called their helpers. On the user's first line, so that line numbers hold. */
const OLD_NAMES = 'var getWorkflowStaticData = $getWorkflowStaticData; ';

/** n8n's first code node, for all items. */
export const functionNode = defineNode({
  name: 'n8n-nodes-base.function',
  label: 'Function',
  description: 'Runs JavaScript once for all items (old form of Code)',
  version: 1,
  group: ['data'],
  icon: icon('M8 20c4 0 4-16 8-16', 'M7 10h8'),
  properties: [functionCode(FUNCTION)],
  execute: async (context) => [
    await runForAllItems(context, {
      source: OLD_NAMES + sourceOf(context),
      language: 'javaScript',
    }),
  ],
});

/** n8n's first code node, for each item: the code sees and returns the item's JSON. */
export const functionItemNode = defineNode({
  name: 'n8n-nodes-base.functionItem',
  label: 'Function item',
  description: 'Runs JavaScript for each item (old form of Code)',
  version: 1,
  group: ['data'],
  icon: icon('M8 20c4 0 4-16 8-16', 'M7 10h8', 'M19 19v.01'),
  properties: [functionCode(FUNCTION_ITEM)],
  execute: async (context) => [
    await runForEachItem(context, {
      source: `${OLD_NAMES}var item = $json; ${sourceOf(context)}`,
      language: 'javaScript',
      returns: 'json',
    }),
  ],
});

const sourceOf = (context: ExecuteContext) =>
  String(context.param('functionCode', 0, { raw: true, fallback: '' }));

function functionCode(initial: string) {
  return {
    displayName: 'JavaScript code',
    name: 'functionCode',
    type: 'string',
    default: initial,
    noDataExpression: true,
    typeOptions: { editor: 'codeNodeEditor', editorLanguage: 'javaScript' },
  };
}

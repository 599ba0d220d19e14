import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';
import { runForAllItems, runForEachItem } from './run-code.ts';

const ALL_ITEMS = `// Loop over input items and add a new field called 'myNewField' to the JSON of each one
for (const item of $input.all()) {
  item.json.myNewField = 1;
}

return $input.all();`;

const EACH_ITEM = `// Add a new field called 'myNewField' to the JSON of the item
$input.item.json.myNewField = 1;

return $input.item;`;

/** Runs the user's JavaScript or TypeScript in the sandbox, once or for each item. */
export const codeNode = defineNode({
  name: 'n8n-nodes-base.code',
  label: 'Code',
  description: 'Runs your own JavaScript or TypeScript, apart from the server',
  version: [1, 2],
  defaultVersion: 2,
  group: ['data'],
  icon: icon('m8 8-4 4 4 4', 'm16 8 4 4-4 4', 'm13 5-2 14'),
  codex: { alias: ['JavaScript', 'TypeScript', 'JS', 'Script', 'Function', 'Custom'] },
  properties: [
    {
      displayName: 'Mode',
      name: 'mode',
      type: 'options',
      noDataExpression: true,
      default: 'runOnceForAllItems',
      options: [
        { name: 'Run once for all items', value: 'runOnceForAllItems' },
        { name: 'Run once for each item', value: 'runOnceForEachItem' },
      ],
    },
    {
      displayName: 'Language',
      name: 'language',
      type: 'options',
      noDataExpression: true,
      default: 'javaScript',
      displayOptions: { show: { '@version': [2] } },
      options: [
        { name: 'JavaScript', value: 'javaScript' },
        { name: 'TypeScript', value: 'typeScript' },
      ],
    },
    editor('runOnceForAllItems', ALL_ITEMS),
    editor('runOnceForEachItem', EACH_ITEM),
  ],
  async execute(context) {
    const job = { source: sourceOf(context), language: languageOf(context) };
    const isPerItem = context.param('mode', 0, { fallback: '' }) === 'runOnceForEachItem';
    return [await (isPerItem ? runForEachItem(context, job) : runForAllItems(context, job))];
  },
});

/** The code as written: a body is a program, so an expression in it stays text. */
function sourceOf(context: ExecuteContext): string {
  return String(context.param('jsCode', 0, { raw: true, fallback: '' }));
}

function languageOf(context: ExecuteContext): 'javaScript' | 'typeScript' {
  const language = context.param('language', 0, { fallback: 'javaScript' });
  if (language === 'javaScript' || language === 'typeScript') return language;
  throw new Error(
    `The language "${String(language)}" is not available here. Use JavaScript or TypeScript`,
  );
}

function editor(mode: string, initial: string) {
  return {
    displayName: 'Code',
    name: 'jsCode',
    type: 'string',
    default: initial,
    noDataExpression: true,
    typeOptions: { editor: 'codeNodeEditor', editorLanguage: 'javaScript' },
    displayOptions: { show: { mode: [mode] } },
  };
}

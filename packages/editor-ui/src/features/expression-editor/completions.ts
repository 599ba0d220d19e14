import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EvaluationScope } from '@millrace/workflow/expression';
import { createEvaluator, listExtensionMethods } from '@millrace/workflow/expression';

/** What completion looks at: the data of the chosen item. */
export interface CompletionSource {
  readonly scope: EvaluationScope;
  readonly itemIndex: number;
}

const VARIABLES: readonly (readonly [string, string])[] = [
  ['$json', 'JSON of the current item'],
  ['$binary', 'Files of the current item'],
  ['$input', 'Items of this node’s input'],
  ['$now', 'This moment'],
  ['$today', 'Midnight today'],
  ['$itemIndex', 'Position of the item'],
  ['$runIndex', 'How often this node has run'],
  ['$node', 'Other nodes by name'],
  ['$workflow', 'Id, name, active'],
  ['$execution', 'Id, mode, resumeUrl'],
  ['$prevNode', 'The node before'],
  ['$parameter', 'Parameters of this node'],
  ['$vars', 'Variables of the instance'],
  ['$jmespath', 'Query an object'],
  ['$if', 'One of two values'],
  ['$ifEmpty', 'A value, or another when empty'],
  ['$min', 'Smallest'],
  ['$max', 'Largest'],
  ['DateTime', 'Luxon'],
  ['Math', ''],
  ['JSON', ''],
  ['Object', ''],
];

const evaluator = createEvaluator();
const METHODS = listExtensionMethods();

/** Completion inside `{{ }}`: variables, nodes, fields of the data at hand, and methods of their types. */
export function completeExpression(source: () => CompletionSource) {
  return (context: CompletionContext): CompletionResult | null => {
    const before = context.state.sliceDoc(0, context.pos);
    const open = before.lastIndexOf('{{');
    if (open < 0 || before.lastIndexOf('}}') > open) return null;
    const code = before.slice(open + 2);

    const member = /([\w$)\]'"]+(?:[\w$.()[\]'" ]|\?\.)*?)\??\.([\w$]*)$/.exec(code);
    if (member) {
      const [, object = '', typed = ''] = member;
      return {
        from: context.pos - typed.length,
        options: [...membersOf(object, source())],
        validFor: /^[\w$]*$/,
      };
    }
    const word = /[\w$]*$/.exec(code)?.[0] ?? '';
    if (!word && !context.explicit) return null;
    return { from: context.pos - word.length, options: roots(source()), validFor: /^[\w$]*$/ };
  };
}

function roots({ scope }: CompletionSource): Completion[] {
  const nodes = [...scope.workflow.nodes.keys()].filter((name) => name !== scope.node.name);
  return [
    ...VARIABLES.map(([label, detail]) => ({ label, detail, type: 'variable' })),
    ...nodes.map((name) => ({
      label: `$(${JSON.stringify(name)})`,
      detail: 'node',
      type: 'class',
      boost: -1,
    })),
  ];
}

function membersOf(object: string, { scope, itemIndex }: CompletionSource): Completion[] {
  if (/^\$\((['"]).*\1\)$/.test(object)) return ACCESS;
  if (object === '$input') return ACCESS;
  const value = valueOf(object, scope, itemIndex);
  const keys =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
      ? Object.entries(value)
          .filter(([key]) => /^[A-Za-z_$][\w$]*$/.test(key))
          .map(([key, inner]) => ({
            label: key,
            detail: shortOf(inner),
            type: 'property',
            boost: 2,
          }))
      : [];
  const type = typeOf(value);
  const methods = METHODS.filter((method) => method.type === type);
  return [
    ...keys,
    ...methods.map((method) => ({
      label: method.name,
      apply: `${method.name}()`,
      type: 'method',
      detail: '()',
    })),
  ];
}

const ACCESS: Completion[] = [
  { label: 'item', type: 'property', detail: 'the item that belongs to this one' },
  { label: 'first()', type: 'method', detail: 'first item' },
  { label: 'last()', type: 'method', detail: 'last item' },
  { label: 'all()', type: 'method', detail: 'all items' },
];

function valueOf(object: string, scope: EvaluationScope, itemIndex: number): unknown {
  try {
    return evaluator.evaluate(`={{ ${object} }}`, scope, itemIndex);
  } catch {
    // Half-typed code has no value, and so no members to offer.
    return undefined;
  }
}

function typeOf(value: unknown) {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return typeof value;
  if (typeof value === 'object' && value !== null) {
    return Object.getPrototypeOf(value) === Object.prototype ? 'object' : 'date';
  }
  return undefined;
}

function shortOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 28 ? `${text.slice(0, 28)}…` : text;
}

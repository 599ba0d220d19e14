import { ParamError } from '../errors/index.ts';
import type { Item } from '../items/index.ts';
import type { ExecuteContext } from './context.ts';
import type { Property } from './description.ts';
import type { NodeResult } from './node-type.ts';
import { shownFor } from './params/composites.ts';
import { describeParams, type ParamMap } from './params/param.ts';
import { executePerItem, type ItemRun } from './per-item.ts';

/** One thing a node can do, in its own file. */
export interface Operation<M extends ParamMap = ParamMap> {
  readonly label: string;
  readonly hint?: string;
  readonly params: M;
  run: ItemRun<M>;
}

// Each operation knows its own parameters; their map cannot, and only the params it declares reach its `run`.
// oxlint-disable-next-line typescript/no-explicit-any
export type Operations = Readonly<Record<`${string}.${string}`, Operation<any>>>;

/** Identity at run time; at compile time ties the type of `params` in `run` to `params`. */
export const operation = <const M extends ParamMap>(definition: Operation<M>): Operation<M> =>
  definition;

/** The n8n wire form: resource, operation per resource, then each operation's parameters. */
export function operationProperties(operations: Operations): Property[] {
  const entries = Object.entries(operations).map(([key, definition]) => {
    const [resource = '', name = ''] = key.split('.');
    return { resource, name, definition };
  });
  const resources = [...new Set(entries.map(({ resource }) => resource))];
  return [
    selector(
      'Resource',
      'resource',
      resources.map((value) => ({ name: titled(value), value })),
    ),
    ...resources.map((resource) => {
      const own = entries.filter((entry) => entry.resource === resource);
      const choices = own.map(({ name, definition }) => ({
        name: definition.label,
        value: name,
        action: definition.label,
        ...(definition.hint && { description: definition.hint }),
      }));
      return shownFor(selector('Operation', 'operation', choices), { resource: [resource] });
    }),
    ...entries.flatMap(({ resource, name, definition }) =>
      describeParams(definition.params).map((property) =>
        shownFor(property, { resource: [resource], operation: [name] }),
      ),
    ),
  ];
}

/** Runs each item by the operation it chose. The choice may be an expression, so items may differ. */
export async function executeOperations(
  operations: Operations,
  context: ExecuteContext,
): Promise<NodeResult> {
  const output: Item[] = [];
  for (const [index, item] of context.items().entries()) {
    const key =
      `${context.param<string>('resource', index)}.${context.param<string>('operation', index)}` as const;
    const chosen = Object.hasOwn(operations, key) ? operations[key] : undefined;
    if (!chosen) {
      throw new ParamError({
        path: 'operation',
        expected: Object.keys(operations).join(' | '),
        received: key,
        reason: 'mismatch',
      });
    }
    const single: ExecuteContext = atItem(context, item, index);
    const result = await executePerItem(chosen.params, chosen.run, single);
    if (Array.isArray(result))
      output.push(
        ...(result[0] ?? []).map((each: Item) => ({ ...each, pairedItem: { item: index } })),
      );
  }
  return [output];
}

/** The same context, narrowed to one item that is then item 0. */
function atItem(context: ExecuteContext, item: Item, index: number): ExecuteContext {
  const narrowed: Partial<ExecuteContext> = {
    items: () => [item],
    param: (path, _item, options) => context.param(path, index, options),
    credential: (type) => context.credential(type, index),
    evaluate: (text, _item, extra) => context.evaluate(text, index, extra),
    codeScope: () => context.codeScope(index),
    idempotencyKey: `${context.idempotencyKey}:${index}`,
  };
  // Neither spread nor inherited: the engine makes what is asked for on its own context only.
  return new Proxy(context, {
    get: (whole, key) => Reflect.get(key in narrowed ? narrowed : whole, key),
  });
}

const selector = (
  displayName: string,
  name: string,
  options: { name: string; value: string }[],
): Property => ({
  displayName,
  name,
  type: 'options',
  noDataExpression: true,
  default: options[0]?.value ?? '',
  options,
});

const titled = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

import type { Context } from '../context.ts';
import { toText } from '../capabilities/coerce.ts';
import { ExpressionError } from '../expression.errors.ts';
import { lend } from '../scope-data.ts';
import { Facade, native } from '../values.ts';
import { legacyNode } from './node-reference.ts';

type Members = [string, (context: Context) => unknown][];
const facade = (name: string, members: Members) => new Facade(name, new Map(members));

export const NODE = new Facade('$node', new Map(), legacyNode);

export const PREVIOUS_NODE = facade('$prevNode', [
  ['name', ({ scope }) => scope.sources[0]?.previousNode],
  [
    'outputIndex',
    ({ scope }) => (scope.sources[0] ? (scope.sources[0].previousNodeOutput ?? 0) : undefined),
  ],
  [
    'runIndex',
    ({ scope }) => (scope.sources[0] ? (scope.sources[0].previousNodeRun ?? 0) : undefined),
  ],
]);

export const WORKFLOW = facade('$workflow', [
  ['id', ({ scope }) => savedId(scope.workflow.id)],
  ['name', ({ scope }) => scope.workflow.name],
  ['active', ({ scope }) => scope.workflow.active],
]);

function savedId(id: string): string {
  if (id !== '') return id;
  throw new ExpressionError('save workflow to view', {}, 'Save the workflow: it has no id yet');
}

const CUSTOM_DATA = facade('$execution.customData', [
  [
    'set',
    () =>
      native('set', (context, _, [key, value]) => {
        context.scope.customData?.set(toText(context, key), toText(context, value));
      }),
  ],
  [
    'setAll',
    () =>
      native('setAll', (context, _, [values]) => {
        for (const [key, value] of Object.entries(values ?? {})) {
          context.scope.customData?.set(key, toText(context, value));
        }
      }),
  ],
  [
    'get',
    () => native('get', (context, _, [key]) => context.scope.customData?.get(toText(context, key))),
  ],
  [
    'getAll',
    () =>
      native('getAll', (context) =>
        lend<unknown>(context, context.scope.customData?.getAll() ?? {}),
      ),
  ],
]);

export const EXECUTION = facade('$execution', [
  ['id', ({ scope }) => scope.executionId],
  ['mode', ({ scope }) => (scope.mode === 'manual' ? 'test' : 'production')],
  ['resumeUrl', ({ scope }) => scope.resumeUrl],
  ['resumeFormUrl', ({ scope }) => scope.resumeUrl.replace('webhook-waiting', 'form-waiting')],
  ['customData', () => CUSTOM_DATA],
]);

/** The process environment is nobody's business here. */
export const ENV = new Facade('$env', new Map(), () => {
  throw new ExpressionError(
    'access to env vars denied',
    {},
    'Use $vars for settings workflows share',
  );
});

/** External secrets exist only where credentials are joined to a request. */
export const SECRETS = new Facade('$secrets', new Map(), () => undefined);

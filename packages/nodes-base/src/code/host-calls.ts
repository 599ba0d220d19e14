import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { FileLedger } from './file-ledger.ts';
import { helperRequest } from './helper-request.ts';

type Answer = (args: readonly unknown[]) => unknown;

/** Lookups of other nodes' data, each an expression of its own over `$lookup`. */
const LOOKUPS = new Map([
  ['all', '={{ $($lookup.node).all($lookup.first, $lookup.second) }}'],
  ['first', '={{ $($lookup.node).first($lookup.first, $lookup.second) }}'],
  ['last', '={{ $($lookup.node).last($lookup.first, $lookup.second) }}'],
  ['item', '={{ $($lookup.node).item }}'],
  ['itemMatching', '={{ $($lookup.node).itemMatching($lookup.first) }}'],
  ['params', '={{ $($lookup.node).params }}'],
  ['context', '={{ $($lookup.node).context }}'],
  ['isExecuted', '={{ $($lookup.node).isExecuted }}'],
  ['node.json', '={{ $node[$lookup.node].json }}'],
  ['node.data', '={{ $node[$lookup.node].data }}'],
  ['node.binary', '={{ $node[$lookup.node].binary }}'],
  ['node.context', '={{ $node[$lookup.node].context }}'],
  ['node.parameter', '={{ $node[$lookup.node].parameter }}'],
  ['node.runIndex', '={{ $node[$lookup.node].runIndex }}'],
  ['inputParams', '={{ $input.params }}'],
  ['inputContext', '={{ $input.context }}'],
  ['parameter', '={{ $parameter }}'],
]);

/** The whole of what code in the sandbox may ask the host. Any other name is refused. */
export function createHostCalls(
  context: ExecuteContext,
  files: FileLedger,
): (name: string, args: readonly unknown[]) => Promise<unknown> {
  const { customData } = context;
  const answers = new Map<string, Answer>([
    ['lookup', (args) => lookUp(context, files, args)],
    [
      'jmespath',
      ([data, query]) =>
        context.evaluate('={{ $jmespath($lookup.data, $lookup.query) }}', 0, {
          $lookup: { data, query },
        }),
    ],
    ['customData.set', ([key, value]) => customData.set(String(key), value)],
    ['customData.get', ([key]) => customData.get(String(key))],
    ['customData.getAll', () => customData.getAll()],
    ['httpRequest', ([options]) => helperRequest(context, options)],
    ['getBinaryData', async ([handle]) => Buffer.from(await files.read(handle)).toString('base64')],
    [
      'prepareBinaryData',
      ([data, fileName, mimeType]) =>
        files.put(bytesOf(data), {
          ...(typeof fileName === 'string' && { fileName }),
          ...(typeof mimeType === 'string' && { mimeType }),
        }),
    ],
  ]);

  return async (name, args) => {
    const answer = answers.get(name);
    if (!answer) throw new Error(`"${name}" is not available to code`);
    return answer(args);
  };
}

function lookUp(context: ExecuteContext, files: FileLedger, args: readonly unknown[]): unknown {
  const [kind, node, itemIndex, first, second] = args;
  const expression = LOOKUPS.get(String(kind));
  if (expression === undefined) throw new Error(`"${String(kind)}" is not available to code`);
  const $lookup = { node, first: first ?? undefined, second: second ?? undefined };
  const found = context.evaluate(expression, Number(itemIndex) || 0, { $lookup });
  files.issue(found);
  return found;
}

/** Bytes as the guest ships them (`{$base64}`), or the UTF-8 of a text. */
function bytesOf(data: unknown): Uint8Array {
  if (typeof data === 'object' && data !== null && '$base64' in data) {
    return Buffer.from(String(data.$base64), 'base64');
  }
  return Buffer.from(String(data));
}

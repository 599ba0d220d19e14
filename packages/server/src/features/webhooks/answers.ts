import { Readable } from 'node:stream';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import { getByPath } from '@millrace/workflow/parameters';
import type { BinaryStore, ExecutionEnd } from '../../runtime/index.ts';
import type { AnswerRules } from './answer-rules.ts';

/** The answer that does not wait for the execution. */
export function answerAtOnce({ status, headers, text, noBody }: AnswerRules): WebhookResponse {
  if (noBody) return { status, headers };
  return { status, headers, body: text ?? { message: 'Workflow was started' } };
}

const failed = (message: string): WebhookResponse => ({
  status: 500,
  headers: {},
  body: { message },
});

/** The answer when the execution ended and no node gave one. */
export async function answerAtEnd(
  rules: AnswerRules,
  { end, binary }: { end: ExecutionEnd; binary: BinaryStore },
): Promise<WebhookResponse> {
  if (end.status === 'error' || end.status === 'canceled') return failed('Error in workflow');
  const { status, headers } = rules;
  if (rules.mode === 'responseNode') return { status: 200, headers: {} };
  if (end.status === 'waiting') return answerAtOnce({ ...rules, text: undefined });
  if (rules.data === 'noData') return { status, headers };

  const items = lastItems(end);
  if (rules.data === 'allEntries') return { status, headers, body: items.map(({ json }) => json) };
  const [first] = items;
  if (!first) return failed('No item to return was found');
  if (rules.data === 'firstEntryBinary') return fileAnswer(first, rules, binary);
  const withType = { ...headers, ...(rules.contentType && { 'content-type': rules.contentType }) };
  return { status, headers: withType, body: partOf(first.json, rules.property) };
}

async function fileAnswer(
  item: Item,
  { status, headers, binaryProperty }: AnswerRules,
  binary: BinaryStore,
): Promise<WebhookResponse> {
  const data = item.binary?.[binaryProperty];
  if (!data)
    return failed(
      `The binary property "${binaryProperty}" which should be returned does not exist`,
    );
  const body = Readable.from(await binary.stream(data), { objectMode: false });
  return { status, headers: { 'content-type': data.mimeType, ...headers }, body };
}

const partOf = (json: JsonObject, property: string | undefined): unknown =>
  property === undefined ? json : getByPath(json, property);

/** First output of the node that ran last. */
function lastItems({ runs, lastNode }: ExecutionEnd): readonly Item[] {
  return runs.findLast(({ node }) => node === lastNode)?.outputs[0] ?? [];
}

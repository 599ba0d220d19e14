import { Readable } from 'node:stream';
import type { Item, JsonObject } from '@millrace/workflow/items';
import type { WebhookResponse } from '@millrace/workflow/node-api';
import { getByPath } from '@millrace/workflow/parameters';
import type { BinaryStore, ExecutionEnd } from '../../runtime/index.ts';

/** How a webhook node wants to be answered for (n8n-facts A13.67). */
export interface AnswerRules {
  readonly mode: 'onReceived' | 'lastNode' | 'responseNode';
  readonly data: 'allEntries' | 'firstEntryJson' | 'firstEntryBinary' | 'noData';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The answer of `onReceived`. */
  readonly text: string | undefined;
  readonly noBody: boolean;
  /** Which part of the first entry to send. */
  readonly property: string | undefined;
  readonly contentType: string | undefined;
  readonly binaryProperty: string;
}

type Read = (path: string) => unknown;

/** Reads the rules from a webhook node's parameters. */
export function answerRules(read: Read): AnswerRules {
  const text = (path: string) => {
    const value = read(path);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  return {
    mode: modeOf(read('responseMode')),
    data: pick(
      ['allEntries', 'firstEntryBinary', 'noData', 'firstEntryJson'] as const,
      read('responseData'),
      'firstEntryJson',
    ),
    status: statusOf(read),
    headers: headersOf(read('options.responseHeaders.entries')),
    text: text('options.responseData'),
    noBody: read('options.noResponseBody') === true,
    property: text('options.responsePropertyName'),
    contentType: text('options.responseContentType'),
    binaryProperty: text('responseBinaryPropertyName') ?? 'data',
  };
}

/** What is to be streamed comes from a node too: the caller gets it when it is whole. */
function modeOf(given: unknown): AnswerRules['mode'] {
  if (given === 'streaming') return 'responseNode';
  return pick(['lastNode', 'responseNode', 'onReceived'] as const, given, 'onReceived');
}

function statusOf(read: Read): number {
  const chosen = read('options.responseCode.values.responseCode');
  const code = chosen === 'customCode' ? read('options.responseCode.values.customCode') : chosen;
  const status = Number(code ?? read('responseCode') ?? 200);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : 200;
}

function headersOf(entries: unknown): Record<string, string> {
  if (!Array.isArray(entries)) return {};
  const pairs = entries.flatMap((entry: unknown): [string, string][] => {
    const name = getByPath(entry, 'name');
    return typeof name === 'string' && name
      ? [[name.toLowerCase(), String(getByPath(entry, 'value') ?? '')]]
      : [];
  });
  return Object.fromEntries(pairs);
}

const pick = <const T extends string>(known: readonly T[], value: unknown, fallback: T): T =>
  known.find((each) => each === value) ?? fallback;

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

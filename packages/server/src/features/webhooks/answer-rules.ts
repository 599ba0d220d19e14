import { getByPath } from '@millrace/workflow/parameters';
import type { WebhookTarget } from './webhook-context.ts';

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

/** The rules of a webhook node. Without expressions they are the same for each call, so they are read once. */
export function rulesOf(target: WebhookTarget, read: Read): AnswerRules {
  const known = fixed.get(target);
  if (known) return known;
  let isFixed = true;
  const rules = readRules((path) => {
    if (target.find(path).hasExpression) isFixed = false;
    return read(path);
  });
  if (isFixed) fixed.set(target, rules);
  return rules;
}

const fixed = new WeakMap<WebhookTarget, AnswerRules>();

function readRules(read: Read): AnswerRules {
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

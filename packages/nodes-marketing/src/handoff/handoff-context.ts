import type { HandoffContext, HandoffMessage } from '../tables/handoffs.ts';

const MESSAGES_KEPT = 20;
const SUMMARISED = 3;

/**
 * What was known of a talk and what came since, whichever channel it came on: later facts count,
 * messages are put in a row and the last twenty kept.
 */
export function joinContexts(
  before: HandoffContext | undefined,
  now: HandoffContext,
): HandoffContext {
  const messages = [...messagesOf(before), ...messagesOf(now)].slice(-MESSAGES_KEPT);
  return { ...before, ...now, ...(messages.length > 0 && { messages }) };
}

/** A context as people give it; a list is one of messages. Those without text are left out. */
export function readContext(given: unknown, channel: string): HandoffContext {
  if (typeof given !== 'object' || given === null) return {};
  const { messages, ...rest }: Readonly<Record<string, unknown>> = Array.isArray(given)
    ? { messages: given }
    : Object.fromEntries(Object.entries(given));
  if (messages === undefined) return rest;
  const read = Array.isArray(messages)
    ? messages.flatMap((each) => readMessage(each, channel))
    : [];
  return { ...rest, messages: read };
}

/** The last messages in a line each, for where no model sums them up. */
export const plainSummary = (context: HandoffContext): string =>
  messagesOf(context)
    .slice(-SUMMARISED)
    .map(({ from, text }) => `${from}: ${text}`)
    .join('\n');

const messagesOf = (context: HandoffContext | undefined): readonly HandoffMessage[] =>
  context?.messages ?? [];

function readMessage(given: unknown, channel: string): HandoffMessage[] {
  if (typeof given === 'string')
    return given === '' ? [] : [{ from: 'contact', text: given, channel }];
  if (typeof given !== 'object' || given === null) return [];
  const { from, text, at, ...rest } = Object.fromEntries(Object.entries(given));
  if (typeof text !== 'string' || text === '') return [];
  return [
    {
      channel,
      ...rest,
      from: typeof from === 'string' ? from : 'contact',
      text,
      ...(typeof at === 'number' && { at }),
    },
  ];
}

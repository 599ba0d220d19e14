import { CodeError } from '@millrace/workflow/errors';
import type { JsonObject } from '@millrace/workflow/items';
import type { CodeResult } from '@millrace/workflow/ports';

import { isRecord } from './messages.ts';

/**
 * Reads what the guest posted, as text from a stranger.
 *
 * @throws {CodeError} what the user's code threw, or when the text is not what our guest writes.
 */
export function readDone(text: string): CodeResult {
  const done = parse(text);
  const logs = readLogs(done['logs']);
  if (done['ok'] !== true) throw thrownError(done, logs);
  const { value, staticData } = done;
  return { value, logs, ...(isRecord(staticData) && { staticData: readStaticData(staticData) }) };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = /__proto__|\\u005f/i.test(text)
      ? JSON.parse(text, refuseProto)
      : JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (error) {
    throw new CodeError(
      'The code gave back data that cannot be read',
      { reason: 'refused' },
      { cause: error },
    );
  }
  throw new CodeError('The code gave back data that cannot be read', { reason: 'refused' });
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('The key "__proto__" is not allowed in data');
  return value;
}

function thrownError(done: Record<string, unknown>, logs: CodeResult['logs']): CodeError {
  const error = isRecord(done['error']) ? done['error'] : {};
  const { itemIndex } = done;
  const { name, message, line } = error;
  const hasLine = typeof line === 'number' && line > 0;
  const thrown = typeof name === 'string' && name ? name : 'Error';
  return new CodeError(
    `${typeof message === 'string' ? message : 'Unknown error'}${hasLine ? ` [line ${line}]` : ''}`,
    {
      reason: 'threw',
      thrown,
      logs,
      ...(hasLine && { line }),
      ...(typeof itemIndex === 'number' && { itemIndex }),
      ...(thrown !== 'Error' && { description: thrown }),
    },
  );
}

function readLogs(value: unknown): CodeResult['logs'] {
  const lines = Array.isArray(value) ? value : [];
  return lines
    .filter(isRecord)
    .map(({ level, text }) => ({ level: String(level), text: String(text) }));
}

function readStaticData(value: Record<string, unknown>): { global: JsonObject; node: JsonObject } {
  const { global, node } = value;
  return { global: isRecord(global) ? global : {}, node: isRecord(node) ? node : {} };
}

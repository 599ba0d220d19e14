import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';

/** The members of the JSON the user wrote. @throws {NodeError} unless it is an object. */
export function rawFields(context: ExecuteContext, index: number): [string, unknown][] {
  const given = context.param('jsonOutput', index);
  const value = typeof given === 'string' ? parse(given, context, index) : given;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw failure(
      context,
      index,
      `The 'JSON Output' in item ${index} does not contain a valid JSON object`,
    );
  }
  return Object.entries(value);
}

function parse(text: string, context: ExecuteContext, index: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failure(
      context,
      index,
      `The 'JSON Output' in item ${index} contains invalid JSON`,
      cause,
    );
  }
}

const failure = (context: ExecuteContext, itemIndex: number, message: string, cause?: unknown) =>
  new NodeError(
    message,
    { node: context.node.name, itemIndex },
    { fix: 'Correct the JSON of the node', cause },
  );

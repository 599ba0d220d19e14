import { NodeError } from '@millrace/workflow/errors';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import { icon } from '../icon.ts';

/** Ends the execution with an error of the user's own. */
export const stopAndErrorNode = defineNode({
  name: 'n8n-nodes-base.stopAndError',
  label: 'Stop and Error',
  description: 'Ends the execution with an error you word yourself',
  version: 1,
  group: ['flow'],
  icon: icon('M8 3h8l5 5v8l-5 5H8l-5-5V8z', 'M9 9l6 6', 'M15 9l-6 6'),
  outputs: [],
  params: {
    errorType: p.options({
      label: 'Error type',
      default: 'errorMessage',
      choices: [
        { value: 'errorMessage', label: 'Error message' },
        { value: 'errorObject', label: 'Error object' },
      ],
    }),
    errorMessage: p.string({
      label: 'Error message',
      placeholder: 'An error occurred!',
      required: true,
      when: { errorType: ['errorMessage'] },
    }),
    errorObject: p.json({
      label: 'Error object',
      required: true,
      when: { errorType: ['errorObject'] },
    }),
  },
  execute(context) {
    const isObject = context.param<string>('errorType', 0) === 'errorObject';
    const message = isObject ? objectMessage(context) : context.param<string>('errorMessage', 0);
    throw new NodeError(String(message), { node: context.node.name });
  },
});

/** The message inside the object, else all of the object as text. */
function objectMessage(context: ExecuteContext): string {
  const given = context.param('errorObject', 0);
  const value: unknown = typeof given === 'string' ? parse(given, context.node.name) : given;
  const named =
    typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  const message = named.message ?? named.description ?? named.error;
  return typeof message === 'string' && message ? message : `Error: ${JSON.stringify(value)}`;
}

function parse(text: string, node: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NodeError(
      'The error object is not valid JSON',
      { node },
      { cause, fix: 'Correct the JSON of the error object' },
    );
  }
}

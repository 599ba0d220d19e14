import type { ExecuteContext } from '@millrace/workflow/node-api';

/**
 * The template with its `{{ }}` filled in for one item. It is an expression whether or not it is marked
 * as one; braces that come with data stay text.
 */
export function filledTemplate(context: ExecuteContext, index: number): string {
  const source = String(context.param('html', index, { raw: true }));
  return String(context.evaluate(source.startsWith('=') ? source : `=${source}`, index) ?? '');
}

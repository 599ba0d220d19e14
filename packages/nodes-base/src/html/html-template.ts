import type { ExecuteContext } from '@millrace/workflow/node-api';

const CODE = /\{\{[\s\S]*?\}\}/g;

/**
 * The template with its `{{ }}` filled in for one item. Only what the author wrote is evaluated: braces
 * in data stay text.
 */
export function filledTemplate(context: ExecuteContext, index: number): string {
  const source = String(context.param('html', index, { raw: true }));
  if (source.startsWith('=')) return String(context.param('html', index));
  return source.replaceAll(CODE, (code) => String(context.evaluate(`=${code}`, index)));
}

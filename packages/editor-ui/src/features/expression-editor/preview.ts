import { isMillraceError } from '@millrace/workflow/errors';
import { createEvaluator } from '@millrace/workflow/expression';
import type { CompletionSource } from './completions.ts';

/** What an expression gives for the chosen item. */
export type Preview =
  | { readonly kind: 'value'; readonly text: string; readonly type: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'error'; readonly message: string };

const evaluator = createEvaluator();
const LONGEST = 400;

/** Evaluates with the engine that will run it, so that preview and run cannot differ. */
export function previewOf(text: string, { scope, itemIndex }: CompletionSource): Preview {
  try {
    const value = evaluator.evaluate(text, scope, itemIndex);
    if (value === undefined) return { kind: 'nothing' };
    return { kind: 'value', text: textOf(value), type: typeOf(value) };
  } catch (error) {
    // Without items most expressions fail for that reason only: nothing to blame the author for.
    if (scope.input.length === 0 && !isSyntax(error)) return { kind: 'nothing' };
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) };
  }
}

const isSyntax = (error: unknown): boolean =>
  isMillraceError(error) && error.code === 'EXPR_SYNTAX';

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** The type as a field sees it. */
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

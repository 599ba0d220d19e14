import { compileTemplate } from './compile/template.ts';
import { ExpressionSyntaxError } from './expression.errors.ts';
import type { SyntaxProblem } from './evaluator.types.ts';
import { splitTemplate, type Chunk } from './template.ts';

/** A parameter text taken apart, for highlighting. Offsets are into `text`, its `=` included. */
export function parseTemplate(text: string): Chunk[] {
  if (!text.startsWith('='))
    return text === '' ? [] : [{ kind: 'text', text, from: 0, to: text.length }];
  return splitTemplate(text.slice(1)).map((chunk) => ({
    ...chunk,
    from: chunk.from + 1,
    to: chunk.to + 1,
  }));
}

/** What keeps a parameter text from being evaluated; empty when nothing does. */
export function checkSyntax(text: string): SyntaxProblem[] {
  return parseTemplate(text).flatMap((chunk) => (chunk.kind === 'code' ? checkChunk(chunk) : []));
}

function checkChunk(chunk: Chunk): SyntaxProblem[] {
  try {
    compileTemplate(`{{${chunk.text.replaceAll('}}', '\\}}')}}}`);
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    const from = Math.min(chunk.from + error.details.offset, chunk.to);
    return [{ message: error.details.reason, from, to: chunk.to }];
  }
}

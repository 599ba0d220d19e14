import { ExpressionSyntaxError } from '../expression.errors.ts';
import { isMillraceError } from '../../errors/index.ts';
import { parseExpression } from '../parse.ts';
import { splitTemplate, type Chunk } from '../template.ts';
import type { Code } from './code.ts';
import { compile } from './expressions.ts';
import { jsonPath } from './json-path.ts';
import { Names, type Grammar } from './names.ts';
import { compileStatement, compileStatements } from './statements.ts';

const GRAMMAR: Grammar = {
  expression: compile,
  statement: compileStatement,
  statements: compileStatements,
};

export interface CompiledChunk {
  /** Literal text; empty for code. */
  readonly text: string;
  readonly code: Code | undefined;
  readonly slots: number;
  /** The names, where the code only walks into `$json`: its value is data as it stands. */
  readonly path: readonly string[] | undefined;
}

/**
 * Compiles the body of an expression text (without its `=`).
 *
 * @throws {ExpressionSyntaxError}
 */
export function compileTemplate(body: string): CompiledChunk[] {
  return splitTemplate(body).map((chunk) =>
    chunk.kind === 'text'
      ? { text: chunk.text, code: undefined, slots: 0, path: undefined }
      : placed(chunk, () => compileChunk(chunk.text)),
  );
}

/** Adds to a syntax error where in the whole text it is. */
function placed<T>(chunk: Chunk, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    const { reason, offset } = error.details;
    throw new ExpressionSyntaxError(reason, offset, 1 + chunk.from + offset);
  }
}

function compileChunk(source: string): CompiledChunk {
  const parsed = parseExpression(source);
  const names = Names.root(parsed.source, GRAMMAR);
  try {
    const code = compile(parsed.expression, names);
    return { text: '', code, slots: names.layout.size, path: jsonPath(parsed.expression, names) };
  } catch (error) {
    if (isMillraceError(error)) throw error;
    throw new ExpressionSyntaxError('nested too deeply');
  }
}

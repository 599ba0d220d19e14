import type { Expression, Super } from 'acorn';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import { isMillraceError } from '../../errors/index.ts';
import { parseExpression } from '../parse.ts';
import { splitTemplate } from '../template.ts';
import type { Code } from './code.ts';
import { compile } from './expressions.ts';
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
  /** Whether the code only walks into `$json`: its value is data as it stands. */
  readonly isPath: boolean;
}

/**
 * Compiles the body of an expression text (without its `=`).
 *
 * @throws {ExpressionSyntaxError}
 */
export function compileTemplate(body: string): CompiledChunk[] {
  return splitTemplate(body).map((chunk) =>
    chunk.kind === 'text'
      ? { text: chunk.text, code: undefined, slots: 0, isPath: false }
      : compileChunk(chunk.text),
  );
}

function compileChunk(source: string): CompiledChunk {
  const parsed = parseExpression(source);
  const names = Names.root(parsed.source, GRAMMAR);
  try {
    const code = compile(parsed.expression, names);
    return { text: '', code, slots: names.layout.size, isPath: isJsonPath(parsed.expression) };
  } catch (error) {
    if (isMillraceError(error)) throw error;
    throw new ExpressionSyntaxError('nested too deeply');
  }
}

function isJsonPath(node: Expression | Super): boolean {
  if (node.type === 'Identifier') return node.name === '$json';
  return node.type === 'MemberExpression' && !node.computed && isJsonPath(node.object);
}

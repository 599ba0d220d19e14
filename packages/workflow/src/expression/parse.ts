import { parse, type Expression } from 'acorn';
import { ExpressionSyntaxError } from './expression.errors.ts';

/** An expression, and the text its nodes' offsets are into. */
interface Parsed {
  readonly expression: Expression;
  readonly source: string;
}

/**
 * Parses the code of one chunk as one expression. A bare object literal is one; of several expression
 * statements the first counts; statements are not expressions.
 *
 * @throws {ExpressionSyntaxError} with the offset into `code`.
 */
export function parseExpression(code: string): Parsed {
  if (/^\s*\{/.test(code)) {
    const source = `(${code}\n)`;
    const literal = tryParse(source);
    if (literal) return { expression: literal, source };
  }
  const program = parseProgram(code);
  const first = program.body[0];
  if (!first) throw new ExpressionSyntaxError('nothing between the braces');
  if (first.type !== 'ExpressionStatement') {
    throw new ExpressionSyntaxError('a statement stands where a value is needed', first.start);
  }
  return { expression: first.expression, source: code };
}

function tryParse(code: string): Expression | undefined {
  try {
    const [only, ...others] = parseProgram(code).body;
    return only?.type === 'ExpressionStatement' && others.length === 0
      ? only.expression
      : undefined;
  } catch {
    return undefined;
  }
}

function parseProgram(code: string) {
  try {
    return parse(code, { ecmaVersion: 2024, sourceType: 'script', allowHashBang: false });
  } catch (error) {
    if (error instanceof SyntaxError) {
      const offset = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
      throw new ExpressionSyntaxError(error.message.replace(/ \(\d+:\d+\)$/, ''), offset);
    }
    throw new ExpressionSyntaxError('nested too deeply');
  }
}

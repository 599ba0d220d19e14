import { parseExpressionAt } from 'acorn';
import type { Expression, SpreadElement } from 'acorn';
import { recordOf } from '../graph/plain-object.ts';

/** JSON, or a JavaScript literal of the same shape (single quotes, bare keys). `undefined` when it is neither. */
export function parseLooseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseLiteral(text);
  }
}

function parseLiteral(text: string): unknown {
  const source = text.trim();
  try {
    const expression = parseExpressionAt(source, 0, { ecmaVersion: 2024 });
    return expression.end === source.length ? literalValue(expression) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws {SyntaxError} for anything but literals, lists and objects. */
function literalValue(node: Expression | SpreadElement | null): unknown {
  switch (node?.type) {
    case 'Literal':
      if ('regex' in node || 'bigint' in node) throw new SyntaxError('Not a JSON value');
      return node.value;
    case 'UnaryExpression': {
      const value = literalValue(node.argument);
      if (node.operator !== '-' || typeof value !== 'number')
        throw new SyntaxError('Not a JSON value');
      return -value;
    }
    case 'ArrayExpression':
      return node.elements.map(literalValue);
    case 'ObjectExpression':
      return { ...recordOf(node.properties.map(propertyEntry)) };
    default:
      throw new SyntaxError('Not a JSON value');
  }
}

function propertyEntry(
  property: Extract<Expression, { type: 'ObjectExpression' }>['properties'][number],
): readonly [string, unknown] {
  if (property.type !== 'Property' || property.computed || property.kind !== 'init') {
    throw new SyntaxError('Not a JSON value');
  }
  const { key } = property;
  if (key.type === 'Identifier') return [key.name, literalValue(property.value)];
  if (key.type === 'Literal') return [String(key.value), literalValue(property.value)];
  throw new SyntaxError('Not a JSON value');
}

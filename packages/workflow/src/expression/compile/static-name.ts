import type { MemberExpression } from 'acorn';
import { ExpressionSyntaxError } from '../expression.errors.ts';

/** The name in `a.name` or `a["name"]`. */
export function staticName({ property, computed }: MemberExpression): string | undefined {
  if (property.type === 'PrivateIdentifier')
    throw new ExpressionSyntaxError('no private names here', property.start);
  if (!computed && property.type === 'Identifier') return property.name;
  return property.type === 'Literal' && typeof property.value === 'string'
    ? property.value
    : undefined;
}

import type { BinaryExpression, BinaryOperator, LogicalExpression, UnaryExpression } from 'acorn';
import { deleteMember } from '../capabilities/members.ts';
import { toNumber, toNumeric } from '../capabilities/coerce.ts';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import type { Code } from './code.ts';
import { compileKey } from './member-access.ts';
import type { Names } from './names.ts';
import { BINARY, typeName, type Binary } from './operators.ts';

export function compileBinary(node: BinaryExpression, names: Names): Code {
  if (node.left.type === 'PrivateIdentifier')
    throw new ExpressionSyntaxError('no private names here', node.start);
  const left = names.compile(node.left);
  const right = names.compile(node.right);
  return fastNumbers(node.operator, left, right) ?? general(BINARY[node.operator], left, right);
}

const general =
  (operate: Binary, left: Code, right: Code): Code =>
  (frame, context) =>
    operate(context, left(frame, context), right(frame, context));

/** The commonest operators, with numbers handled on the spot. */
function fastNumbers(operator: BinaryOperator, left: Code, right: Code): Code | undefined {
  const slow = BINARY[operator];
  switch (operator) {
    case '+':
      return (frame, context) => {
        const one = left(frame, context);
        const other = right(frame, context);
        return typeof one === 'number' && typeof other === 'number'
          ? one + other
          : slow(context, one, other);
      };
    case '*':
      return (frame, context) => {
        const one = left(frame, context);
        const other = right(frame, context);
        return typeof one === 'number' && typeof other === 'number'
          ? one * other
          : slow(context, one, other);
      };
    case '/':
      return (frame, context) => {
        const one = left(frame, context);
        const other = right(frame, context);
        return typeof one === 'number' && typeof other === 'number'
          ? one / other
          : slow(context, one, other);
      };
    case '>':
      return (frame, context) => {
        const one = left(frame, context);
        const other = right(frame, context);
        return typeof one === 'number' && typeof other === 'number'
          ? one > other
          : slow(context, one, other);
      };
    case '<':
      return (frame, context) => {
        const one = left(frame, context);
        const other = right(frame, context);
        return typeof one === 'number' && typeof other === 'number'
          ? one < other
          : slow(context, one, other);
      };
    case '===':
      return (frame, context) => left(frame, context) === right(frame, context);
    default:
      return undefined;
  }
}

export function compileLogical(node: LogicalExpression, names: Names): Code {
  const left = names.compile(node.left);
  const right = names.compile(node.right);
  switch (node.operator) {
    case '&&':
      return (frame, context) => left(frame, context) && right(frame, context);
    case '||':
      return (frame, context) => left(frame, context) || right(frame, context);
    default:
      return (frame, context) => left(frame, context) ?? right(frame, context);
  }
}

export function compileUnary(node: UnaryExpression, names: Names): Code {
  if (node.operator === 'delete') return compileDelete(node, names);
  const argument = names.compile(node.argument);
  switch (node.operator) {
    case '!':
      return (frame, context) => !argument(frame, context);
    case '+':
      return (frame, context) => toNumber(context, argument(frame, context));
    case '-':
      return (frame, context) => -toNumeric(context, argument(frame, context));
    case '~':
      return (frame, context) => ~toNumeric(context, argument(frame, context));
    case 'typeof':
      return (frame, context) => typeName(argument(frame, context));
    default:
      return (frame, context) => {
        argument(frame, context);
      };
  }
}

function compileDelete({ argument }: UnaryExpression, names: Names): Code {
  const member = argument.type === 'ChainExpression' ? argument.expression : argument;
  if (member.type !== 'MemberExpression') return () => true;
  const target = names.compile(member.object);
  const key = compileKey(member, names);
  const isOptional = member.optional;
  return (frame, context) => {
    const object = target(frame, context);
    if (isOptional && (object === undefined || object === null)) return true;
    return deleteMember(context, object, key(frame, context));
  };
}

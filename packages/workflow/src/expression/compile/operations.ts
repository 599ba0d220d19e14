import type { BinaryExpression, LogicalExpression, UnaryExpression } from 'acorn';
import { deleteMember } from '../capabilities/members.ts';
import { toNumber, toNumeric } from '../capabilities/coerce.ts';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import type { Code } from './code.ts';
import { compileKey } from './member-access.ts';
import type { Names } from './names.ts';
import { NUMBER_OPERATIONS } from './number-operations.ts';
import { BINARY, typeName } from './operators.ts';

export function compileBinary(node: BinaryExpression, names: Names): Code {
  if (node.left.type === 'PrivateIdentifier')
    throw new ExpressionSyntaxError('no private names here', node.start);
  const left = names.compile(node.left);
  const right = names.compile(node.right);
  const operate = BINARY[node.operator];
  if (node.operator === '===')
    return (frame, context) => left(frame, context) === right(frame, context);
  const onNumbers = NUMBER_OPERATIONS[node.operator];
  if (!onNumbers)
    return (frame, context) => operate(context, left(frame, context), right(frame, context));
  return node.right.type === 'Literal' && typeof node.right.value === 'number'
    ? onNumbers.constant(left, node.right.value, operate)
    : onNumbers.values(left, right, operate);
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

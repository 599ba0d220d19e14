import type { Expression, Literal, PrivateIdentifier, Super } from 'acorn';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import { GuestRegex } from '../regex/guest-regex.ts';
import { compileAssignment, compileUpdate } from './assignment.ts';
import { compileCall, compileNew, compileTaggedTemplate } from './calls.ts';
import type { Code } from './code.ts';
import { compileFunction } from './functions.ts';
import { compileArray, compileObject, compileTemplate } from './literals.ts';
import { compileMember, compileChain } from './member-access.ts';
import type { Names } from './names.ts';
import { compileBinary, compileLogical, compileUnary } from './operations.ts';
import { readVariable } from './variables.ts';

/** Turns one expression of the syntax tree into a closure. What is not listed here does not exist. */
export function compile(node: Expression | Super | PrivateIdentifier, names: Names): Code {
  switch (node.type) {
    case 'Identifier':
      return node.name === 'undefined' ? () => undefined : readVariable(names, node.name);
    case 'Literal':
      return compileLiteral(node);
    case 'MemberExpression':
      return compileMember(node, names);
    case 'CallExpression':
      return compileCall(node, names);
    case 'NewExpression':
      return compileNew(node, names);
    case 'ChainExpression':
      return compileChain(node, names);
    default:
      return compileOther(node, names);
  }
}

function compileOther(node: Expression | Super | PrivateIdentifier, names: Names): Code {
  switch (node.type) {
    case 'TemplateLiteral':
      return compileTemplate(node, names);
    case 'TaggedTemplateExpression':
      return compileTaggedTemplate(node, names);
    case 'ArrayExpression':
      return compileArray(node, names);
    case 'ObjectExpression':
      return compileObject(node, names);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return compileFunction(node, names);
    case 'AssignmentExpression':
      return compileAssignment(node, names);
    case 'UpdateExpression':
      return compileUpdate(node, names);
    default:
      return compileOperation(node, names);
  }
}

function compileOperation(node: Expression | Super | PrivateIdentifier, names: Names): Code {
  switch (node.type) {
    case 'BinaryExpression':
      return compileBinary(node, names);
    case 'LogicalExpression':
      return compileLogical(node, names);
    case 'UnaryExpression':
      return compileUnary(node, names);
    case 'ConditionalExpression': {
      const test = compile(node.test, names);
      const then = compile(node.consequent, names);
      const otherwise = compile(node.alternate, names);
      return (frame, context) =>
        test(frame, context) ? then(frame, context) : otherwise(frame, context);
    }
    case 'SequenceExpression': {
      const parts = node.expressions.map((part) => compile(part, names));
      return (frame, context) => {
        let value: unknown;
        for (const part of parts) value = part(frame, context);
        return value;
      };
    }
    case 'ParenthesizedExpression':
      return compile(node.expression, names);
    case 'ThisExpression':
      return () => undefined;
    default:
      throw new ExpressionSyntaxError(`${node.type} is not part of expressions`, node.start);
  }
}

function compileLiteral(node: Literal): Code {
  if (node.regex) {
    const { pattern, flags } = node.regex;
    return () => new GuestRegex(pattern, flags);
  }
  if (typeof node.bigint === 'string') {
    const value = BigInt(node.bigint);
    return () => value;
  }
  const { value } = node;
  return () => value;
}

import type {
  CallExpression,
  Expression,
  MemberExpression,
  NewExpression,
  SpreadElement,
  TaggedTemplateExpression,
} from 'acorn';
import { callMember, getMember } from '../capabilities/members.ts';
import { toPropertyKey } from '../capabilities/coerce.ts';
import { listOf } from '../capabilities/iteration.ts';
import { isRefusedName, refuseName } from '../capabilities/names.ts';
import { ARRAY, STRING } from '../capabilities/types.ts';
import type { Context } from '../context.ts';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import { callExtension, isExtensionName } from '../extensions/dispatch.ts';
import { call, NativeFunction, typeError, type Frame } from '../values.ts';
import type { Code } from './code.ts';
import { isMissing, SKIPPED } from './member-access.ts';
import type { Names } from './names.ts';
import { staticName } from './static-name.ts';

type Arguments = (frame: Frame, context: Context) => unknown[];

export function compileCall(node: CallExpression, names: Names): Code {
  const { callee } = node;
  if (callee.type === 'Identifier' && callee.name === '$if' && !names.resolve('$if'))
    return compileIf(node, names);
  if (callee.type === 'MemberExpression') return compileMethodCall(node, callee, names);
  const target = names.compile(callee);
  const args = compileArguments(node.arguments, names);
  const isOptional = node.optional;
  return (frame, context) => {
    const value = target(frame, context);
    if (isMissing(value, isOptional)) return SKIPPED;
    return call(context, value, undefined, args(frame, context));
  };
}

function compileMethodCall(node: CallExpression, callee: MemberExpression, names: Names): Code {
  const name = staticName(callee);
  if (name === undefined) return compileComputedCall(node, callee, names);
  if (isRefusedName(name)) return () => refuseName(name);
  const target = names.compile(callee.object);
  const args = compileArguments(node.arguments, names);
  const isExtension = isExtensionName(name);
  const invoke = isExtension ? callExtension : callMember;
  const onList = isExtension ? undefined : ARRAY.method(name);
  const onText = isExtension ? undefined : STRING.method(name);
  const isOptional = callee.optional;
  const isOptionalCall = node.optional;
  return (frame, context) => {
    const object = target(frame, context);
    if (isMissing(object, isOptional)) return SKIPPED;
    const known = typeof object === 'string' ? onText : Array.isArray(object) ? onList : undefined;
    if (known) {
      context.spend(1);
      return known(context, object, args(frame, context));
    }
    if (isOptionalCall && isAbsent(context, object, name)) return SKIPPED;
    return invoke(context, object, name, args(frame, context));
  };
}

/** `object[name](…)`, where the name comes out of an expression. */
function compileComputedCall(node: CallExpression, callee: MemberExpression, names: Names): Code {
  const target = names.compile(callee.object);
  const key = names.compile(callee.property);
  const args = compileArguments(node.arguments, names);
  const isOptional = callee.optional;
  const isOptionalCall = node.optional;
  return (frame, context) => {
    const object = target(frame, context);
    if (isMissing(object, isOptional)) return SKIPPED;
    const method = toPropertyKey(context, key(frame, context));
    refuseName(method);
    if (isOptionalCall && isAbsent(context, object, method)) return SKIPPED;
    return callMember(context, object, method, args(frame, context));
  };
}

function isAbsent(context: Context, object: unknown, method: string): boolean {
  const value = getMember(context, object, method);
  return value === undefined || value === null;
}

/** `$if(condition, then, otherwise)` evaluates only the branch taken. */
function compileIf(node: CallExpression, names: Names): Code {
  const [test, then, otherwise] = node.arguments.map((argument) => {
    if (argument.type === 'SpreadElement')
      throw new ExpressionSyntaxError('$if takes no spread', argument.start);
    return names.compile(argument);
  });
  if (!test || !then)
    throw new ExpressionSyntaxError('$if needs a condition and a value', node.start);
  return (frame, context) => {
    if (test(frame, context)) return then(frame, context);
    return otherwise ? otherwise(frame, context) : false;
  };
}

/** Compiles a list that may hold `...spread`. */
export function compileArguments(
  nodes: readonly (Expression | SpreadElement)[],
  names: Names,
): Arguments {
  const parts = nodes.map((node) => ({
    isSpread: node.type === 'SpreadElement',
    code: names.compile(node.type === 'SpreadElement' ? node.argument : node),
  }));
  if (parts.some(({ isSpread }) => isSpread)) {
    return (frame, context) => {
      const list: unknown[] = [];
      for (const { isSpread, code } of parts) {
        const value = code(frame, context);
        if (!isSpread) list.push(value);
        else for (const element of listOf(context, value)) list.push(element);
      }
      return list;
    };
  }
  const [first, second, third] = parts.map(({ code }) => code);
  if (!first) return () => [];
  if (!second) return (frame, context) => [first(frame, context)];
  if (!third) return (frame, context) => [first(frame, context), second(frame, context)];
  return (frame, context) => parts.map(({ code }) => code(frame, context));
}

export function compileNew(node: NewExpression, names: Names): Code {
  const target = names.compile(node.callee);
  const args = compileArguments(node.arguments, names);
  return (frame, context) => {
    const value = target(frame, context);
    if (!(value instanceof NativeFunction) || !value.parts.construct)
      throw typeError('not a constructor');
    context.spend(1);
    return value.parts.construct(context, args(frame, context));
  };
}

export function compileTaggedTemplate(node: TaggedTemplateExpression, names: Names): Code {
  const target = names.compile(node.tag);
  const { quasis, expressions } = node.quasi;
  const values = compileArguments(expressions, names);
  const isRawTag = node.tag.type === 'MemberExpression' && staticName(node.tag) === 'raw';
  return (frame, context) => {
    const strings = quasis.map(({ value }) => (isRawTag ? value.raw : value.cooked));
    return call(context, target(frame, context), undefined, [strings, ...values(frame, context)]);
  };
}

import type {
  AssignmentExpression,
  Expression,
  MemberExpression,
  Pattern,
  UpdateExpression,
} from 'acorn';
import { getComputed, setMember } from '../capabilities/members.ts';
import { toNumeric, toPropertyKey } from '../capabilities/coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import type { Frame } from '../values.ts';
import type { Code } from './code.ts';
import { compileKey } from './member-access.ts';
import type { Names } from './names.ts';
import { BINARY } from './operators.ts';
import { compilePattern } from './patterns.ts';
import { readVariable, writeVariable } from './variables.ts';

/** Says the new value from the old one; `undefined` result object means: leave as it is. */
type Revise = (
  old: unknown,
  frame: Frame,
  context: Context,
) => { readonly value: unknown } | undefined;

export function compileAssignment(node: AssignmentExpression, names: Names): Code {
  const right = names.compile(node.right);
  if (node.operator === '=') {
    const store = compilePattern(node.left, names, true);
    return (frame, context) => {
      const value = right(frame, context);
      store(frame, context, value);
      return value;
    };
  }
  return revise(node.left, names, revision(node.operator, right), (result) => result);
}

function revision(operator: Exclude<AssignmentExpression['operator'], '='>, right: Code): Revise {
  switch (operator) {
    case '&&=':
      return (old, frame, context) => (old ? { value: right(frame, context) } : undefined);
    case '||=':
      return (old, frame, context) => (old ? undefined : { value: right(frame, context) });
    case '??=':
      return (old, frame, context) =>
        old === undefined || old === null ? { value: right(frame, context) } : undefined;
    default: {
      const operate = BINARY[withoutEquals(operator)];
      return (old, frame, context) => ({ value: operate(context, old, right(frame, context)) });
    }
  }
}

const OPERATORS = {
  '+=': '+',
  '-=': '-',
  '*=': '*',
  '/=': '/',
  '%=': '%',
  '**=': '**',
  '<<=': '<<',
  '>>=': '>>',
  '>>>=': '>>>',
  '|=': '|',
  '^=': '^',
  '&=': '&',
} as const;

const withoutEquals = (operator: keyof typeof OPERATORS) => OPERATORS[operator];

export function compileUpdate(node: UpdateExpression, names: Names): Code {
  const step = node.operator === '++' ? 1 : -1;
  const next: Revise = (old, _, context) => {
    const value = toNumeric(context, old);
    return { value: typeof value === 'bigint' ? value + BigInt(step) : value + step };
  };
  return revise(node.argument, names, next, (value, old, context) =>
    node.prefix ? value : toNumeric(context, old),
  );
}

type Answer = (value: unknown, old: unknown, context: Context) => unknown;

/** Reads a variable or member, revises it, writes it back. */
function revise(target: Expression | Pattern, names: Names, next: Revise, answer: Answer): Code {
  if (target.type === 'MemberExpression') return reviseMember(target, names, next, answer);
  if (target.type !== 'Identifier')
    throw new ExpressionSyntaxError('this cannot be assigned to', target.start);
  const read = readVariable(names, target.name);
  const write = writeVariable(names, target.name);
  return (frame, context) => {
    const old = read(frame, context);
    const revised = next(old, frame, context);
    if (!revised) return old;
    write(frame, context, revised.value);
    return answer(revised.value, old, context);
  };
}

function reviseMember(target: MemberExpression, names: Names, next: Revise, answer: Answer): Code {
  const object = names.compile(target.object);
  const key = compileKey(target, names);
  return (frame, context) => {
    const owner = object(frame, context);
    const name = toPropertyKey(context, key(frame, context));
    const old = getComputed(context, owner, name);
    const revised = next(old, frame, context);
    if (!revised) return old;
    setMember(context, owner, name, revised.value);
    return answer(revised.value, old, context);
  };
}

import type { ArrowFunctionExpression, FunctionDeclaration, FunctionExpression } from 'acorn';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import type { Context } from '../context.ts';
import { GuestFunction, type Frame, type GuestBody, type GuestCode } from '../values.ts';
import type { Code, Store } from './code.ts';
import { declareVars } from './hoisting.ts';
import { makesFunctions } from './makes-functions.ts';
import type { Names } from './names.ts';
import { compilePattern, declarePattern } from './patterns.ts';

type FunctionNode = ArrowFunctionExpression | FunctionExpression | FunctionDeclaration;

/** A function as a value: its body compiled once, its surroundings caught each time it is reached. */
export function compileFunction(node: FunctionNode, outer: Names): Code {
  if (node.async || node.generator)
    throw new ExpressionSyntaxError('no async functions or generators here', node.start);
  const ownName = node.type === 'FunctionExpression' ? node.id?.name : undefined;
  if (ownName === undefined) {
    const about = describe(node, outer.frame());
    return (frame) => new GuestFunction(about, frame);
  }
  const holder = outer.frame();
  const slot = holder.declare(ownName);
  const about = describe(node, holder.frame());
  return (frame) => {
    const self: Frame = { slots: [], parent: frame };
    const made = new GuestFunction(about, self);
    self.slots[slot] = made;
    return made;
  };
}

function describe(node: FunctionNode, names: Names): GuestCode {
  const parameters = compileParameters(node, names);
  const code = compileBody(node, names);
  const body = invoker(parameters, code, names);
  const isUnary =
    parameters.count === 1 &&
    parameters.destructure.length === 0 &&
    names.layout.size === 1 &&
    !makesFunctions(node);
  return {
    name: node.type === 'ArrowFunctionExpression' ? '' : (node.id?.name ?? ''),
    source: names.source.slice(node.start, node.end),
    length: node.params.length,
    body,
    asCallback: isUnary ? unaryCallback(code) : callback(body),
  };
}

interface ParameterPlan {
  readonly count: number;
  readonly destructure: readonly {
    readonly index: number;
    readonly isRest: boolean;
    readonly store: Store;
  }[];
}

/** Plain parameters take the slots of their arguments; the others are stored from hidden slots. */
function compileParameters(node: FunctionNode, names: Names): ParameterPlan {
  for (const [index, param] of node.params.entries()) {
    if (param.type === 'Identifier') names.declare(param.name, { mayRepeat: true });
    else names.declare(`(parameter ${index})`);
  }
  const complex = [...node.params.entries()].filter(([, param]) => param.type !== 'Identifier');
  for (const [, param] of complex) declarePattern(param, names, { mayRepeat: true });
  return {
    count: node.params.length,
    destructure: complex.map(([index, param]) => ({
      index,
      isRest: param.type === 'RestElement',
      store: compilePattern(param.type === 'RestElement' ? param.argument : param, names),
    })),
  };
}

function compileBody(node: FunctionNode, names: Names): Code {
  if (node.body.type !== 'BlockStatement') return names.compile(node.body);
  declareVars(node.body.body, names);
  const run = names.statements(node.body.body);
  return (frame, context) => {
    const completion = run(frame, context);
    if (completion?.kind !== 'return') return undefined;
    const value = context.returned;
    context.returned = undefined;
    return value;
  };
}

function invoker({ count, destructure }: ParameterPlan, body: Code, names: Names): GuestBody {
  const { layout } = names;
  return (parent, context, args) => {
    context.enter();
    if (destructure.length > 0 || layout.size !== count) return invokeFully(parent, context, args);
    const value = body({ slots: args, parent }, context);
    context.leave();
    return value;
  };

  function invokeFully(parent: Frame | null, context: Context, args: unknown[]) {
    const slots = args.slice(0, count);
    for (let slot = slots.length; slot < layout.size; slot++) slots.push(undefined);
    const frame = { slots, parent };
    for (const { index, isRest, store } of destructure)
      store(frame, context, isRest ? args.slice(index) : args[index]);
    const value = body(frame, context);
    context.leave();
    return value;
  }
}

/**
 * Most callbacks name the element and nothing else. As nothing inside can catch its variable, one frame
 * serves the whole walk.
 */
const unaryCallback =
  (body: Code): GuestCode['asCallback'] =>
  (parent, context) => {
    const slots: unknown[] = [undefined];
    const frame: Frame = { slots, parent };
    return (element) => {
      context.spend(1);
      slots[0] = element;
      return body(frame, context);
    };
  };

const callback =
  (body: GuestBody): GuestCode['asCallback'] =>
  (parent, context) =>
  (element, index, list) =>
    body(parent, context, [element, index, list]);

import type {
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  VariableDeclaration,
  WhileStatement,
} from 'acorn';
import { listOf } from '../capabilities/iteration.ts';
import { ownEntries } from '../capabilities/object.ts';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import type { Context } from '../context.ts';
import type { Frame } from '../values.ts';
import type { Code, Completion, Step, Store } from './code.ts';
import { makesFunctions } from './makes-functions.ts';
import type { Names } from './names.ts';
import { compilePattern } from './patterns.ts';
import { compileDeclaration, declareNames } from './declarations.ts';

const CONTINUE = Symbol('continue');

/** What a round's end means for its loop: go on, or end with this. */
function afterRound(
  completion: Completion | undefined,
  labels: readonly string[],
): typeof CONTINUE | Completion | undefined {
  if (!completion) return CONTINUE;
  if (completion.kind === 'return') return completion;
  const isOurs = completion.label === undefined || labels.includes(completion.label);
  if (!isOurs) return completion;
  return completion.kind === 'continue' ? CONTINUE : undefined;
}

export function compileWhile(
  node: WhileStatement | DoWhileStatement,
  names: Names,
  labels: readonly string[],
): Step {
  const test = names.compile(node.test);
  const body = names.block().statement(node.body);
  const isTestedFirst = node.type === 'WhileStatement';
  return (frame, context) => {
    if (isTestedFirst && !test(frame, context)) return undefined;
    do {
      context.spend(1);
      const end = afterRound(body(frame, context), labels);
      if (end !== CONTINUE) return end;
    } while (test(frame, context));
    return undefined;
  };
}

export function compileFor(node: ForStatement, outer: Names, labels: readonly string[]): Step {
  const declaration = node.init?.type === 'VariableDeclaration' ? node.init : undefined;
  const isPerRound =
    declaration !== undefined && declaration.kind !== 'var' && makesFunctions(node);
  const names = isPerRound ? outer.frame() : outer.block();
  const init = compileInit(node, names);
  const test: Code = node.test ? names.compile(node.test) : () => true;
  const update: Code = node.update ? names.compile(node.update) : () => undefined;
  const body = names.block().statement(node.body);
  return (outerFrame, context) => {
    let frame: Frame = isPerRound ? { slots: [], parent: outerFrame } : outerFrame;
    init(frame, context);
    while (test(frame, context)) {
      context.spend(1);
      const end = afterRound(body(frame, context), labels);
      if (end !== CONTINUE) return end;
      if (isPerRound) frame = { slots: frame.slots.slice(), parent: outerFrame };
      update(frame, context);
    }
    return undefined;
  };
}

function compileInit(
  { init }: ForStatement,
  names: Names,
): (frame: Frame, context: Context) => unknown {
  if (!init) return () => undefined;
  if (init.type !== 'VariableDeclaration') return names.compile(init);
  if (init.kind !== 'var') declareNames(init, names);
  return compileDeclaration(init, names);
}

/** `for…of` and `for…in`. */
export function compileForEach(
  node: ForOfStatement | ForInStatement,
  outer: Names,
  labels: readonly string[],
): Step {
  if (node.type === 'ForOfStatement' && node.await)
    throw new ExpressionSyntaxError('no await here', node.start);
  const isPerRound = makesFunctions(node);
  const subject = outer.compile(node.right);
  const names = isPerRound ? outer.frame() : outer.block();
  const store = compileTarget(node.left, names);
  const body = names.block().statement(node.body);
  const isOf = node.type === 'ForOfStatement';
  return (outerFrame, context) => {
    const value = subject(outerFrame, context);
    const list = isOf ? listOf(context, value) : ownEntries(context, value).map(([key]) => key);
    for (const element of list) {
      context.spend(1);
      const frame = isPerRound ? { slots: [], parent: outerFrame } : outerFrame;
      store(frame, context, element);
      const end = afterRound(body(frame, context), labels);
      if (end !== CONTINUE) return end;
    }
    return undefined;
  };
}

function compileTarget(left: VariableDeclaration | Pattern, names: Names): Store {
  if (left.type !== 'VariableDeclaration') return compilePattern(left, names, true);
  if (left.kind !== 'var') declareNames(left, names);
  const [first] = left.declarations;
  if (!first) throw new ExpressionSyntaxError('a loop variable is needed', left.start);
  return compilePattern(first.id, names);
}

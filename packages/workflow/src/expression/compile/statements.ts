import type { BlockStatement, FunctionDeclaration, Statement, SwitchStatement } from 'acorn';
import { ExpressionSyntaxError } from '../expression.errors.ts';
import { Thrown } from '../values.ts';
import type { Code, Completion, Step, Store } from './code.ts';
import { compileDeclaration, declareNames } from './declarations.ts';
import { compileFunction } from './functions.ts';
import { compileFor, compileForEach, compileWhile } from './loops.ts';
import type { Names } from './names.ts';
import { compileTry } from './try.ts';
import { initVariable } from './variables.ts';

const RETURN: Completion = { kind: 'return', label: undefined };

/** Compiles one statement. `labels` are those that stand right before it. */
export function compileStatement(
  node: Statement,
  names: Names,
  labels: readonly string[] = [],
): Step {
  switch (node.type) {
    case 'ExpressionStatement': {
      const run = names.compile(node.expression);
      return (frame, context) => {
        run(frame, context);
        return undefined;
      };
    }
    case 'ReturnStatement': {
      const value: Code = node.argument ? names.compile(node.argument) : () => undefined;
      return (frame, context) => {
        context.returned = value(frame, context);
        return RETURN;
      };
    }
    case 'IfStatement': {
      const test = names.compile(node.test);
      const then = compileStatement(node.consequent, names);
      const otherwise = node.alternate ? compileStatement(node.alternate, names) : undefined;
      return (frame, context) =>
        test(frame, context) ? then(frame, context) : otherwise?.(frame, context);
    }
    case 'ThrowStatement': {
      const value = names.compile(node.argument);
      return (frame, context) => {
        throw new Thrown(value(frame, context));
      };
    }
    case 'BlockStatement':
      return withLabel(compileBlock(node, names.block()), labels);
    case 'VariableDeclaration':
      return compileDeclaration(node, names);
    default:
      return compileControl(node, names, labels);
  }
}

function compileControl(node: Statement, names: Names, labels: readonly string[]): Step {
  switch (node.type) {
    case 'ForStatement':
      return compileFor(node, names, labels);
    case 'ForOfStatement':
    case 'ForInStatement':
      return compileForEach(node, names, labels);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return compileWhile(node, names, labels);
    case 'SwitchStatement':
      return compileSwitch(node, names, labels);
    case 'TryStatement':
      return compileTry(node, names);
    case 'BreakStatement':
    case 'ContinueStatement': {
      const completion: Completion = {
        kind: node.type === 'BreakStatement' ? 'break' : 'continue',
        label: node.label?.name,
      };
      return () => completion;
    }
    case 'LabeledStatement':
      return withLabel(compileStatement(node.body, names, [...labels, node.label.name]), [
        node.label.name,
      ]);
    case 'EmptyStatement':
    case 'FunctionDeclaration':
      return () => undefined;
    default:
      throw new ExpressionSyntaxError(`${node.type} is not part of expressions`, node.start);
  }
}

/** `break label` out of a labelled statement ends there. */
function withLabel(run: Step, labels: readonly string[]): Step {
  if (labels.length === 0) return run;
  return (frame, context) => {
    const completion = run(frame, context);
    const isOurs =
      completion?.kind === 'break' &&
      completion.label !== undefined &&
      labels.includes(completion.label);
    return isOurs ? undefined : completion;
  };
}

/** Compiles a block whose names are `names`. */
export const compileBlock = (node: BlockStatement, names: Names): Step =>
  compileStatements(node.body, names);

/** Compiles statements one after another; their functions and block variables are known from the start. */
export function compileStatements(nodes: readonly Statement[], names: Names): Step {
  const functions = nodes.filter((node) => node.type === 'FunctionDeclaration');
  declareBlock(nodes, names);
  const hoisted = functions.map((node) => hoist(node, names));
  const steps = nodes.map((node) => compileStatement(node, names));
  return (frame, context) => {
    for (const { make, store } of hoisted) store(frame, context, make(frame, context));
    for (const step of steps) {
      const completion = step(frame, context);
      if (completion) return completion;
    }
    return undefined;
  };
}

function declareBlock(nodes: readonly Statement[], names: Names): void {
  for (const node of nodes) {
    if (node.type === 'FunctionDeclaration') names.declare(node.id.name, { mayRepeat: true });
    if (node.type === 'VariableDeclaration' && node.kind !== 'var') declareNames(node, names);
  }
}

function hoist(node: FunctionDeclaration, names: Names): { make: Code; store: Store } {
  const place = names.resolve(node.id.name);
  if (!place) throw new ExpressionSyntaxError('a function needs a name', node.start);
  return { make: compileFunction(node, names), store: initVariable(place) };
}

function compileSwitch(node: SwitchStatement, outer: Names, labels: readonly string[]): Step {
  const names = outer.block();
  const subject = outer.compile(node.discriminant);
  declareBlock(
    node.cases.flatMap(({ consequent }) => consequent),
    names,
  );
  const cases = node.cases.map(({ test, consequent }) => ({
    test: test ? names.compile(test) : undefined,
    steps: consequent.map((statement) => compileStatement(statement, names)),
  }));
  const fallback = cases.findIndex(({ test }) => !test);
  return withLabel((frame, context) => {
    const value = subject(frame, context);
    const found = cases.findIndex(
      ({ test }) => test !== undefined && test(frame, context) === value,
    );
    const start = found < 0 ? fallback : found;
    for (const { steps } of start < 0 ? [] : cases.slice(start)) {
      for (const step of steps) {
        const completion = step(frame, context);
        if (!completion) continue;
        return completion.kind === 'break' && completion.label === undefined
          ? undefined
          : completion;
      }
    }
    return undefined;
  }, labels);
}

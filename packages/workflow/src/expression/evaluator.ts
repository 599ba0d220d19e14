import { Context } from './context.ts';
import { toText } from './capabilities/coerce.ts';
import { caughtValue, isStackOverflow } from './caught.ts';
import { dataAt } from './compile/json-path.ts';
import { compileTemplate, type CompiledChunk } from './compile/template.ts';
import { ExpressionBudgetError, ExpressionError } from './expression.errors.ts';
import { explained, strictError, undefinedError } from './strict.ts';
import { isMillraceError } from '../errors/index.ts';
import type { Evaluator, EvaluatorOptions, Limits } from './evaluator.types.ts';
import { createLru } from './lru.ts';
import { toPlainData } from './result.ts';
import { Facade, isCallable, NativeFunction, NeedsCopies, type Frame } from './values.ts';

export const DEFAULT_LIMITS: Limits = {
  steps: 5_000_000,
  stringLength: 1 << 24,
  arrayLength: 1 << 21,
  bigintBits: 1 << 16,
  bytes: 1 << 28,
  callDepth: 200,
};

const EQUALS = 0x3d;

interface Compiled {
  readonly text: string;
  readonly chunks: readonly CompiledChunk[];
  /** Where the whole text is one path into `$json`. */
  readonly path: readonly string[] | undefined;
  /** Learnt at the first evaluation that tries to change data. */
  changesData: boolean;
}

/** Makes an evaluator with its own limits and cache of compiled texts. */
export function createEvaluator({
  limits,
  cacheSize = 2000,
  slowRegex,
}: EvaluatorOptions = {}): Evaluator {
  const reading = { limits: { ...DEFAULT_LIMITS, ...limits }, slowRegex, changesData: false };
  const changing = { ...reading, changesData: true };
  const cache = createLru<string, Compiled>(cacheSize);

  /** The last text asked for: a node asks for the same one item after item. */
  let last: Compiled | undefined;

  function compiled(text: string): Compiled {
    if (last?.text === text) return last;
    last = cache.get(text);
    if (last) return last;
    const chunks = compileTemplate(text.slice(1));
    const path = chunks.length === 1 ? chunks[0]?.path : undefined;
    last = { text, chunks, path, changesData: false };
    cache.set(text, last);
    return last;
  }

  const evaluate: Evaluator['evaluate'] = (text, scope, itemIndex, extra) => {
    if (text.charCodeAt(0) !== EQUALS) return text;
    const expression = compiled(text);
    if (expression.path && extra === undefined) {
      const value = dataAt(scope.input[itemIndex]?.json, expression.path);
      if (value !== undefined) return value;
    }
    const settings = expression.changesData ? changing : reading;
    try {
      return run(expression, new Context(scope, itemIndex, extra, settings));
    } catch (error) {
      if (error instanceof NeedsCopies) {
        expression.changesData = true;
        return evaluate(text, scope, itemIndex, extra);
      }
      throw error instanceof ExpressionError ? explained(error, text, scope, itemIndex) : error;
    }
  };

  return { evaluate };
}

function run({ chunks }: Compiled, context: Context): unknown {
  const only = chunks[0];
  if (only?.code && chunks.length === 1) {
    const value = runChunk(only, context);
    if (value === undefined && context.scope.isStrict) throw undefinedError();
    if (typeof value !== 'object' || value === null) return value;
    return only.path ? trustedPath(context, value) : guardedResult(context, value);
  }
  let text = '';
  for (const chunk of chunks) {
    const part = chunk.code ? chunkText(context, runChunk(chunk, context)) : chunk.text;
    context.reserveText(text.length + part.length);
    text += part;
  }
  return text;
}

/** Ordinary errors of the expression give `undefined`; ours reach the caller. */
function runChunk({ code, slots }: CompiledChunk, context: Context): unknown {
  const frame = slots === 0 ? NO_VARIABLES : { slots: Array<unknown>(slots), parent: null };
  try {
    return code?.(frame, context);
  } catch (error) {
    return swallow(error, context);
  }
}

const NO_VARIABLES: Frame = { slots: [], parent: null };

function guardedResult(context: Context, value: unknown): unknown {
  try {
    return toPlainData(context, value);
  } catch (error) {
    return swallow(error, context);
  }
}

function guarded(context: Context, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return swallow(error, context);
  }
}

function swallow(error: unknown, context: Context): undefined {
  if (isMillraceError(error) || error instanceof NeedsCopies) throw error;
  if (isStackOverflow(error)) {
    throw new ExpressionBudgetError('nested calls', context.limits.callDepth);
  }
  if (context.scope.isStrict) throw strictError(caughtValue(error));
  context.restore(0);
  return undefined;
}

/** A path into item data gives data, which needs no conversion; only a method would be a function. */
const trustedPath = (context: Context, value: unknown): unknown =>
  value instanceof NativeFunction || value instanceof Facade ? toPlainData(context, value) : value;

/** What a value becomes inside text: nothing for null, undefined and NaN. */
function chunkText(context: Context, value: unknown): string {
  if (value === undefined && context.scope.isStrict) throw undefinedError();
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value !== 'object') return toText(context, value);
  const text = guarded(context, () =>
    isCallable(value) || value instanceof NativeFunction
      ? toPlainData(context, value)
      : toText(context, value),
  );
  return typeof text === 'string' ? text : '';
}

const shared = createEvaluator();

/** {@link Evaluator.evaluate} with the default limits and a shared cache. */
export const evaluate: Evaluator['evaluate'] = (text, scope, itemIndex, extra) =>
  shared.evaluate(text, scope, itemIndex, extra);

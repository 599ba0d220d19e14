import type { TryStatement } from 'acorn';
import type { Context } from '../context.ts';
import { caughtValue } from '../caught.ts';
import type { Frame } from '../values.ts';
import type { Completion, Step, Store } from './code.ts';
import type { Names } from './names.ts';
import { compilePattern, declarePattern } from './patterns.ts';

/** What catching costs: throwing is far slower than a step. */
const CATCH_STEPS = 100;

/** `try`: ordinary errors can be caught by the expression, going over a limit cannot. */
export function compileTry(node: TryStatement, names: Names): Step {
  const body = names.block().statements(node.block.body);
  const guarded = node.handler ? withCatch(body, node.handler, names) : body;
  if (!node.finalizer) return guarded;
  const last = names.block().statements(node.finalizer.body);
  return (frame, context) => {
    const depth = context.nesting;
    let completion: Completion | undefined;
    try {
      completion = guarded(frame, context);
    } catch (error) {
      caughtValue(error);
      context.restore(depth);
      const instead = last(frame, context);
      if (instead) return instead;
      throw error;
    }
    const { returned } = context;
    const instead = last(frame, context);
    if (instead) return instead;
    context.returned = returned;
    return completion;
  };
}

function withCatch(body: Step, handler: NonNullable<TryStatement['handler']>, outer: Names): Step {
  const names = outer.block();
  if (handler.param) declarePattern(handler.param, names);
  const store: Store = handler.param ? compilePattern(handler.param, names) : () => undefined;
  const recover = names.block().statements(handler.body.body);
  return (frame: Frame, context: Context) => {
    const depth = context.nesting;
    try {
      return body(frame, context);
    } catch (error) {
      const value = caughtValue(error);
      context.restore(depth);
      context.spend(CATCH_STEPS);
      store(frame, context, value);
    }
    return recover(frame, context);
  };
}

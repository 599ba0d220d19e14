import type { VariableDeclaration } from 'acorn';
import type { Code, Step } from './code.ts';
import type { Names } from './names.ts';
import { compilePattern, declarePattern } from './patterns.ts';

/** Declares what `let` or `const` binds. */
export function declareNames(node: VariableDeclaration, names: Names): void {
  for (const { id } of node.declarations)
    declarePattern(id, names, { isConstant: node.kind === 'const' });
}

/** `let a = 1, {b} = c`: the first values. */
export function compileDeclaration(node: VariableDeclaration, names: Names): Step {
  const parts = node.declarations.flatMap(({ id, init }) => {
    if (!init && node.kind === 'var') return [];
    const value: Code = init ? names.compile(init) : () => undefined;
    return [{ value, store: compilePattern(id, names) }];
  });
  return (frame, context) => {
    for (const { value, store } of parts) store(frame, context, value(frame, context));
    return undefined;
  };
}

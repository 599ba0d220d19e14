import type { Statement, VariableDeclaration } from 'acorn';
import { boundNames } from './patterns.ts';
import type { Names } from './names.ts';

/** Declares the `var` names of a function's body, however deep in blocks they stand. */
export function declareVars(statements: readonly Statement[], names: Names): void {
  for (const statement of statements) {
    for (const declaration of varsOf(statement)) {
      for (const { id } of declaration.declarations) {
        for (const name of boundNames(id)) names.declare(name, { mayRepeat: true });
      }
    }
  }
}

function varsOf(node: Statement): VariableDeclaration[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.kind === 'var' ? [node] : [];
    case 'BlockStatement':
      return node.body.flatMap(varsOf);
    case 'IfStatement':
      return [...varsOf(node.consequent), ...(node.alternate ? varsOf(node.alternate) : [])];
    case 'TryStatement':
      return [
        ...varsOf(node.block),
        ...(node.handler ? varsOf(node.handler.body) : []),
        ...(node.finalizer ? varsOf(node.finalizer) : []),
      ];
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(varsOf));
    default:
      return varsOfLoop(node);
  }
}

function varsOfLoop(node: Statement): VariableDeclaration[] {
  switch (node.type) {
    case 'ForStatement':
      return [
        ...(node.init?.type === 'VariableDeclaration' ? varsOf(node.init) : []),
        ...varsOf(node.body),
      ];
    case 'ForInStatement':
    case 'ForOfStatement':
      return [
        ...(node.left.type === 'VariableDeclaration' ? varsOf(node.left) : []),
        ...varsOf(node.body),
      ];
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return varsOf(node.body);
    default:
      return [];
  }
}

export { codeNode } from './code.node.ts';
export { functionItemNode, functionNode } from './function.node.ts';

export { createCodePool, type CodePool, type CodePoolOptions } from './code-pool.ts';

export { default as CodeEditor } from './CodeEditor.vue';
export type { CompletionSource } from './completions.ts';
export { default as ExpressionEditor } from './ExpressionEditor.vue';
export { previewOf, type Preview } from './preview.ts';

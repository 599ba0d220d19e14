export { default as CanvasView } from './CanvasView.vue';
export { default as ExecutionCanvas } from './ExecutionCanvas.vue';
export { default as WorkflowPreview } from './WorkflowPreview.vue';

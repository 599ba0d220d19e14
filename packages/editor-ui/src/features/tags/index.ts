export { default as TagDialog } from './TagDialog.vue';

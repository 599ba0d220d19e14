export { default as TagDialog } from './TagDialog.vue';
export { useTagsStore } from './tags.store.ts';

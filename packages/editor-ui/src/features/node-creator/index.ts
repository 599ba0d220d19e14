export { default as NodeCreator } from './NodeCreator.vue';

export { default as LimitFields } from './LimitFields.vue';
export { isFaulty, limitOf, textsOf } from './limit-form.ts';

export { default as LimitFields } from './LimitFields.vue';
export { isFaulty, limitOf, NO_LIMIT, textsOf, type LimitTexts } from './limit-form.ts';

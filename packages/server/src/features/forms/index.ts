export { formsPlugin, type FormsServices } from './forms.plugin.ts';

export { templatesPlugin } from './templates.plugin.ts';
export { createTemplateService, type TemplateService } from './templates.service.ts';

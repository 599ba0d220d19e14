export { tagsPlugin } from './tags.plugin.ts';
export { createTagService, type TagService } from './tags.service.ts';

export { projectsPlugin } from './projects.plugin.ts';
export { createProjectService, type ProjectService } from './projects.service.ts';

export { createFilesRoot } from './files-root.ts';

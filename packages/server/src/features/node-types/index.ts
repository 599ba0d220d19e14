export { nodeTypesPlugin } from './node-types.plugin.ts';

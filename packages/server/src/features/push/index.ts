export { pushPlugin, type PushServices } from './push.plugin.ts';

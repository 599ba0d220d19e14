export { httpRequestNode } from './http-request.node.ts';
export { httpRequestLegacyNode } from './http-request-legacy.node.ts';

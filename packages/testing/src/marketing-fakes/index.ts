export { openFakeMailServices } from './fake-mail-services.ts';
export { mappedHttp, runMarketingNode } from './run-node.ts';

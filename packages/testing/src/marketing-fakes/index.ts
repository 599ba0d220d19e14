export { openFakeMailServices } from './fake-mail-services.ts';
export { openFakeTikTok, POST_ID, type TikTokStep } from './fake-tiktok.ts';
export { openLinkBench, type Answer } from './link-bench.ts';
export { openOutreachBench } from './outreach-bench.ts';
export { openTikTokBench } from './tiktok-bench.ts';
export { mappedHttp, runMarketingNode } from './run-node.ts';

import { createMemoryStorage } from '@millrace/server/packages';
import type { JsonObject } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { createRegistry } from '@millrace/workflow/node-api';
import { nodesMarketing } from 'millrace-nodes-marketing';
import { openFakeTikTok } from './fake-tiktok.ts';
import { mappedHttp, runMarketingNode } from './run-node.ts';

/** The TikTok Poster with empty tables, a clock that only its sleeps move, and a TikTok of its own. */
export async function openTikTokBench(start: number) {
  const storage = createMemoryStorage([nodesMarketing]);
  const tiktok = await openFakeTikTok();
  const state = { now: start, slept: [] as number[], video: new Uint8Array(1000), token: 'act.1' };
  const map = { 'open.tiktokapis.com': tiktok.url, 'open-upload.tiktokapis.com': tiktok.url };
  // The server's part: it keeps the token and renews it when TikTok answers 401.
  const http = mappedHttp(map, {
    current: () => state.token,
    renew: () => (state.token = tiktok.state.access),
  });
  const node = createRegistry(nodesMarketing.nodes).require(
    'millrace-nodes-marketing.tiktokPoster',
  );

  return {
    tiktok,
    state,
    tables: storage.tables,
    /** Posts a video, unless the parameters say otherwise. */
    run: (parameters: JsonObject = {}, context: Partial<ExecuteContext> = {}) =>
      runMarketingNode({
        node,
        items: [
          { json: {}, binary: { data: { data: '', mimeType: 'video/mp4', fileName: 'a.mp4' } } },
        ],
        parameters: { resource: 'video', operation: 'post', ...parameters },
        context: {
          tables: storage.tables,
          http,
          binary: {
            get: async () => state.video,
            stream: () => Promise.reject(new Error('not used')),
            put: () => Promise.reject(new Error('not used')),
          },
          now: () => state.now,
          sleep: async (ms) => {
            state.slept.push(ms);
            state.now += ms;
          },
          ...context,
        },
      }),
    inits: () => tiktok.calls.filter((call) => call.endsWith('/video/init/')).length,
    async close() {
      await storage.close();
      await http.close();
      await tiktok.close();
    },
  };
}

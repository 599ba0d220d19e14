import { openFakeModel } from './fake-model.ts';
import { run, rowsOf } from './first-go.ts';
import type { Json, Shop } from './shop.ts';
import { exactly, type ShowLine } from './show-line.ts';

/**
 * Two programmes want one page. The SEO programme plans the best keyword and then waits for a model to
 * word its briefs; meanwhile the content programme has ideas for the trend of the same name.
 */
export async function conflictLines(shop: Shop): Promise<ShowLine[]> {
  const trends = await shop.call('GET', '/marketing/workflows/content/trending?limit=1');
  const term = String(rowsOf(trends)[0]?.['term']);
  const text = `Keyword,Volume,Keyword Difficulty\n${term},60000,5\n`;
  await shop.job('/marketing/import', { text, target: 'keywords' });
  const keyword = (await shop.table('keywords')).find((row) => row['textNormal'] === term);
  const model = await openFakeModel();
  const credentialId = await modelCredential(shop, model.url);
  try {
    const seo = await shop.begin(await seoWithModel(shop, credentialId));
    await model.asked;
    const content = await run(shop, 'content');
    model.answer();
    await seo.ended();
    const plans = rowsOf(await shop.call('GET', '/marketing/plans?limit=500'));
    const working = plans.filter((plan) => isAbout(plan, keyword?.['id'] ?? ''));
    const { conflicts } = await shop.call('GET', '/marketing/workflows/dashboard');
    const clash = rowsOf({ data: conflicts }).find(
      ({ resource }) => resource === `keyword:${keyword?.['id']}`,
    );
    return [
      exactly(`programmes that work on the page of “${term}”`, 1, working.length),
      {
        what: 'the other one left it, and it is written down why',
        asked: 'a reason',
        found: String(clash?.['reason'] ?? 'nothing'),
        holds: Number(content.figures['plansLeftToOthers']) > 0 && clash !== undefined,
      },
    ];
  } finally {
    model.answer();
    // What the programmes do from here on, they do without a model.
    await shop.call('DELETE', `/credentials/${credentialId}`);
    await model.close();
  }
}

const isAbout = ({ subject, details }: Json, keywordId: string): boolean =>
  subject === keywordId || JSON.stringify(details ?? {}).includes(keywordId);

async function modelCredential(shop: Shop, url: string): Promise<string> {
  const { id } = await shop.call('POST', '/credentials', {
    name: 'Echo',
    type: 'llmApi',
    data: { baseUrl: `${url}/v1`, models: 'echo' },
  });
  return String(id);
}

/** A workflow that runs the SEO programme with a language model. */
async function seoWithModel(shop: Shop, id: string): Promise<string> {
  const node = (name: string, type: string, more: object) => ({
    id: name,
    name,
    type,
    typeVersion: 1,
    position: [0, 0],
    ...more,
  });
  const made = await shop.call('POST', '/workflows', {
    name: 'SEO with a model',
    nodes: [
      node('Start', 'n8n-nodes-base.manualTrigger', { parameters: {} }),
      node('SEO', 'millrace-nodes-marketing.marketingProgramme', {
        parameters: { programme: 'seo' },
        credentials: { llmApi: { id, name: 'Echo' } },
      }),
    ],
    connections: { Start: { main: [[{ node: 'SEO', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
  });
  return String(made['id']);
}

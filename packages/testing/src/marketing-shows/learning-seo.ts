import { rowsOf, run } from './first-go.ts';
import type { Lessons } from './learning.ts';
import { latestRunId, learningsOf, planCount } from './plans.ts';
import type { Json, Shop } from './shop.ts';

/** Priorities are sums of floating numbers. */
const CLOSE = 1e-6;

/** Pages that were improved rise as planned, new ones do not: the next plan weighs the two anew. */
export async function seoLessons(shop: Shop): Promise<Lessons> {
  await importRanks(shop);
  const before = await plansOfLatestRun(shop);
  await run(shop, 'seo');
  await run(shop, 'seo');
  const after = await plansOfLatestRun(shop);
  const learned = await learningsOf(shop, 'seo', 'gain');
  const scores = new Map(
    (await shop.table('keywords')).map(({ id, score }) => [id, Number(score)]),
  );
  const weighed = after.filter(({ kind, subject, priority, learningIds }) => {
    const learning = learned.get(`action:${String(kind)}`);
    const expected = (scores.get(String(subject)) ?? NaN) * (learning?.mean ?? 1);
    const isNamed = String(learningIds) === String(learning ? [learning.id] : []);
    return isNamed && Math.abs(Number(priority) - expected) <= CLOSE * expected;
  });
  const told = [...learned].map(([subject, { mean, count }]) => {
    const kind = subject.slice('action:'.length);
    const [was, is] = [planCount(before, kind), planCount(after, kind)];
    return `${subject} brought ${mean.toFixed(2)} of what was expected (${count} seen): plans of this kind ${was} → ${is}`;
  });
  return {
    told,
    line: {
      what: 'SEO plans worth score × what such plans brought',
      asked: `${after.length}, by ${learned.size} learnings`,
      found: String(weighed.length),
      holds: learned.size >= 2 && after.length > 0 && weighed.length === after.length,
    },
  };
}

async function plansOfLatestRun(shop: Shop): Promise<Json[]> {
  const latest = await latestRunId(shop, 'seo');
  const plans = rowsOf(await shop.call('GET', '/marketing/plans?programme=seo&limit=500'));
  return plans.filter(({ runId }) => runId === latest);
}

/** The next export of ranks: what was improved stands where it was to stand. */
async function importRanks(shop: Shop): Promise<void> {
  const plans = await shop.call('GET', '/marketing/plans?programme=seo&status=executing&limit=500');
  const rows = rowsOf(plans)
    .filter(({ kind }) => kind === 'update')
    .map(({ details }) => {
      const { keyword, targetPosition }: Json = { ...Object(details) };
      return `"${String(keyword)}",${String(targetPosition)},`;
    });
  const text = ['Keyword,Position,Search Volume', ...rows].join('\n');
  await shop.job('/marketing/import', { text, target: 'keywords' });
}

import { rowsOf, run } from './first-go.ts';
import type { Lessons } from './learning.ts';
import { latestRunId, learningsOf, planCount } from './plans.ts';
import type { Json, Shop } from './shop.ts';

/** Chances are stored as floating numbers. */
const CLOSE = 1e-9;
const STEPS = ['reply', 'link'] as const;

/** Who answered and who set a link changes the chances the next plan reckons with, kind by kind. */
export async function linkLessons(shop: Shop): Promise<Lessons> {
  const [before, was] = [await plansOfLatestRun(shop), await chancesOf(shop)];
  await run(shop, 'links');
  const [after, is] = [await plansOfLatestRun(shop), await chancesOf(shop)];
  const learned = await learningsOf(shop, 'links', 'rate');
  const kinds = [...is.keys()].filter((kind) => learned.has(`reply:${kind}`));
  const told = kinds.map((kind) => {
    const count = learned.get(`reply:${kind}`)?.count;
    const [old, now] = [planCount(before, kind), planCount(after, kind)];
    return `reply:${kind} ${rate(was, kind)} → ${rate(is, kind)} (${count} seen): plans of this kind ${old} → ${now}`;
  });
  const known = after.filter(({ kind }) => kinds.includes(String(kind)));
  const named = known.filter(({ kind, learningIds }) => {
    const ids = STEPS.flatMap((step) => learned.get(`${step}:${String(kind)}`)?.id ?? []);
    return String(learningIds) === String(ids);
  });
  const heldTrue = kinds.filter(
    (kind) => Math.abs((is.get(kind) ?? NaN) - (learned.get(`reply:${kind}`)?.mean ?? NaN)) < CLOSE,
  );
  return {
    told,
    line: {
      what: 'link plans made from what such contacts answered',
      asked: `${known.length}, of ${kinds.length} kinds`,
      found: `${named.length}, of ${heldTrue.length} kinds`,
      holds: known.length > 0 && named.length === known.length && heldTrue.length === kinds.length,
    },
  };
}

const rate = (chances: ReadonlyMap<string, number>, kind: string): string =>
  (chances.get(kind) ?? NaN).toFixed(3);

async function plansOfLatestRun(shop: Shop): Promise<Json[]> {
  const latest = await latestRunId(shop, 'links');
  const plans = rowsOf(await shop.call('GET', '/marketing/plans?programme=links&limit=500'));
  return plans.filter(({ runId }) => runId === latest);
}

/** The chance of an answer each kind of new prospect is held to have. */
async function chancesOf(shop: Shop): Promise<ReadonlyMap<string, number>> {
  const prospects = await shop.table('prospects');
  return new Map(
    prospects
      .filter(({ status }) => status === 'new')
      .map(({ kind = '', replyChance }) => [kind, Number(replyChance)]),
  );
}

import { rowsOf } from './first-go.ts';
import type { Json, Shop } from './shop.ts';

/** A belief as the shop shows it. */
export interface Learning {
  readonly id: string;
  readonly mean: number;
  readonly count: number;
}

/** What a programme has learned, by subject. */
export async function learningsOf(
  shop: Shop,
  programme: string,
  metric: string,
): Promise<ReadonlyMap<string, Learning>> {
  const path = `/marketing/learnings?programme=${programme}&metric=${metric}&limit=500`;
  return new Map(
    rowsOf(await shop.call('GET', path)).map(({ subject, id, mean, count }) => [
      String(subject),
      { id: String(id), mean: Number(mean), count: Number(count) },
    ]),
  );
}

/** The run of a programme that was begun last. */
export async function latestRunId(shop: Shop, programme: string): Promise<string> {
  const { run } = await shop.call('GET', `/marketing/workflows/${programme}/status`);
  return String(rowsOf({ data: [run] })[0]?.['id']);
}

/** How many plans are of a kind. */
export const planCount = (plans: readonly Json[], wanted: string): number =>
  plans.filter(({ kind }) => kind === wanted).length;

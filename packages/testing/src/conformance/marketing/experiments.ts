import { compareRates } from 'millrace-nodes-marketing/stats/experiments/beta-binomial';
import { testSampleRatio } from 'millrace-nodes-marketing/stats/experiments/sample-ratio';
import { testSequentially } from 'millrace-nodes-marketing/stats/experiments/sequential';
import { testProportions } from 'millrace-nodes-marketing/stats/experiments/two-proportions';
import type { DataFolder, Row } from './data-folder.ts';
import { near, same, type Figure } from './figure.ts';

/** A/B tests: gates of a game, and pages of a shop. */
export function checkExperiments(data: DataFolder): Figure[] {
  const cats = data.rows('cookie_cats.csv.gz');
  const control = cats.filter(({ version }) => version === 'gate_30');
  const treatment = cats.filter(({ version }) => version === 'gate_40');
  const ratio = testSampleRatio([control.length, treatment.length]);
  return [
    ...checkRetention(data, 'retention_1', control, treatment),
    ...checkRetention(data, 'retention_7', control, treatment),
    near('cookie_cats/srm/chi2', ratio.chi2, data.figure('cookie_cats/srm/chi2'), 5e-4),
    near('cookie_cats/srm/p', ratio.p, data.figure('cookie_cats/srm/p'), 1e-6),
    ...checkLandingPages(data),
    ...checkFullLandingPages(data),
  ];
}

function checkRetention(
  data: DataFolder,
  metric: 'retention_1' | 'retention_7',
  control: readonly Row[],
  treatment: readonly Row[],
): Figure[] {
  const arm = (rows: readonly Row[]) => ({
    trials: rows.length,
    successes: rows.filter((row) => row[metric] === 'True').length,
  });
  const [before, after] = [arm(control), arm(treatment)];
  const fixed = testProportions(before, after);
  const sequential = testSequentially(before, after);
  const base = `cookie_cats/${metric}`;
  const looks = `cookie_cats_sequential_growthbook_formula/${metric}`;
  const [low, high] = data.list(`${looks}/ci`);
  return [
    same(`${base}/n30`, before.trials, data.figure(`${base}/n30`)),
    same(`${base}/n40`, after.trials, data.figure(`${base}/n40`)),
    same(`${base}/x30`, before.successes, data.figure(`${base}/x30`)),
    same(`${base}/x40`, after.successes, data.figure(`${base}/x40`)),
    near(`${base}/z`, fixed.z, data.figure(`${base}/z`), 5e-5),
    near(`${base}/p`, fixed.p, data.figure(`${base}/p`), 1e-6),
    near(
      `${base}/P_gate30_better`,
      compareRates(after, before).probability,
      data.figure(`${base}/P_gate30_better`),
      // The reference was drawn at random.
      1e-3,
    ),
    near(`${looks}/p`, sequential.p, data.figure(`${looks}/p`), 1e-5),
    near(`${looks}/ci/low`, sequential.interval.low, Number(low), 1e-6),
    near(`${looks}/ci/high`, sequential.interval.high, Number(high), 1e-6),
  ];
}

function checkLandingPages(data: DataFolder): Figure[] {
  const rows = data.rows('ab_data_first57828.csv.gz');
  const fits = ({ group, landing_page }: Row) =>
    (group === 'treatment') === (landing_page === 'new_page');
  const arm = (wanted: string) => {
    const own = rows.filter((row) => fits(row) && row['group'] === wanted);
    // A person who came twice counts once, as first seen.
    const people = new Map(own.toReversed().map((row) => [row['user_id'], row['converted']]));
    const successes = [...people.values()].filter((converted) => converted === '1').length;
    return { trials: people.size, successes };
  };
  const [control, treatment] = [arm('control'), arm('treatment')];
  const { z, p } = testProportions(control, treatment);
  const mismatched = rows.filter((row) => !fits(row)).length;
  return [
    same('ab_data/mismatched_rows', mismatched, data.figure('ab_data/mismatched_rows')),
    same(
      'ab_data/control',
      `${control.successes},${control.trials}`,
      String(data.list('ab_data/control')),
    ),
    same(
      'ab_data/treatment',
      `${treatment.successes},${treatment.trials}`,
      String(data.list('ab_data/treatment')),
    ),
    near('ab_data/z', z, data.figure('ab_data/z'), 5e-5),
    near('ab_data/p_two_sided', p, data.figure('ab_data/p_two_sided'), 5e-5),
  ];
}

/** The whole file is not in the folder; its published counts are. */
function checkFullLandingPages(data: DataFolder): Figure[] {
  const arm = (name: string) => {
    const [successes, trials] = data.list(`ab_data_full/${name}`).map(Number);
    return { successes: successes ?? 0, trials: trials ?? 0 };
  };
  const { z, p } = testProportions(arm('control'), arm('treatment'));
  return [
    near('ab_data_full/z', z, data.figure('ab_data_full/z'), 5e-5),
    near('ab_data_full/p_two_sided', p, data.figure('ab_data_full/p_two_sided'), 5e-5),
    near(
      'ab_data_full/p_one_sided_new_better',
      1 - p / 2,
      data.figure('ab_data_full/p_one_sided_new_better'),
      1e-4,
    ),
  ];
}

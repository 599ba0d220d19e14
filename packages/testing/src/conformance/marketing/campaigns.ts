import { fitLinear } from 'millrace-nodes-marketing/stats/math/linear';
import type { DataFolder, Row } from './data-folder.ts';
import { near, same, type Figure } from './figure.ts';

/** Spending and what came of it: advertisements, media mix, and a fashion site's bandit. */
export function checkCampaigns(data: DataFolder): Figure[] {
  return [...checkAdvertisements(data), ...checkMediaMix(data), ...checkBandit(data)];
}

const KAG_SUMS = ['Impressions', 'Clicks', 'Spent', 'Total_Conversion', 'Approved_Conversion'];

function checkAdvertisements(data: DataFolder): Figure[] {
  const groups = Map.groupBy(
    data.rows('kag_facebook_ads.csv'),
    ({ xyz_campaign_id }) => xyz_campaign_id,
  );
  return [...groups].flatMap(([campaign, rows]) => {
    const sum = (column: string) => sumOf(rows, column);
    const base = `kag/${campaign}`;
    const perConversion = (column: string) => sum('Spent') / sum(column);
    return [
      ...KAG_SUMS.map((column) =>
        near(`${base}/${column}`, sum(column), data.figure(`${base}/${column}`), 0.005),
      ),
      near(
        `${base}/CPA_total`,
        perConversion('Total_Conversion'),
        data.figure(`${base}/CPA_total`),
        0.005,
      ),
      near(
        `${base}/CPA_approved`,
        perConversion('Approved_Conversion'),
        data.figure(`${base}/CPA_approved`),
        0.005,
      ),
    ];
  });
}

function checkMediaMix(data: DataFolder): Figure[] {
  const rows = data.rows('isl_advertising.csv');
  const fit = fitLinear(
    rows.map(({ TV, Radio, Newspaper }) => [Number(TV), Number(Radio), Number(Newspaper)]),
    rows.map(({ Sales }) => Number(Sales)),
  );
  const path = 'isl_advertising/coef_const_TV_radio_newspaper';
  return [
    ...data
      .list(path)
      .map((reference, index) =>
        near(`${path}/${index}`, fit.coefficients[index] ?? NaN, Number(reference), 5e-5),
      ),
    near('isl_advertising/r2', fit.r2, data.figure('isl_advertising/r2'), 5e-5),
  ];
}

function checkBandit(data: DataFolder): Figure[] {
  const random = data.rows('obd_random_men.csv.gz');
  const thompson = data.rows('obd_bts_men.csv.gz');
  const distinct = (column: string) => new Set(random.map((row) => row[column])).size;
  const clicks = [sumOf(random, 'click'), sumOf(thompson, 'click')];
  return [
    near(
      'open_bandit_men/ctr_random',
      (clicks[0] ?? 0) / random.length,
      data.figure('open_bandit_men/ctr_random'),
      1e-6,
    ),
    near(
      'open_bandit_men/ctr_bts',
      (clicks[1] ?? 0) / thompson.length,
      data.figure('open_bandit_men/ctr_bts'),
      1e-6,
    ),
    same('open_bandit_men/items', distinct('item_id'), data.figure('open_bandit_men/items')),
    same(
      'open_bandit_men/positions',
      distinct('position'),
      data.list('open_bandit_men/positions').length,
    ),
    same('open_bandit_men/clicks', String(clicks), String(data.list('open_bandit_men/clicks'))),
  ];
}

const sumOf = (rows: readonly Row[], column: string): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0);

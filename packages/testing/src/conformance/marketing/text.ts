import { median } from 'millrace-nodes-marketing/stats/math/describe';
import { areaUnderCurve } from 'millrace-nodes-marketing/stats/predict/area-under-curve';
import { readability } from 'millrace-nodes-marketing/stats/text/readability';
import { containment, jaccard, shinglesOf } from 'millrace-nodes-marketing/stats/text/shingles';
import type { DataFolder } from './data-folder.ts';
import { atLeast, atMost, near, same, type Figure } from './figure.ts';

/** Readability against published values, and answers copied from known sources. */
export function checkText(data: DataFolder): Figure[] {
  return [...checkReadability(data), ...checkCopies(data)];
}

function checkReadability(data: DataFolder): Figure[] {
  const rows = data.rows('clear_readability.csv.gz');
  const published = rows.map((row) => Number(row['Flesch-Reading-Ease']));
  const easiness = rows.map((row) => Number(row['BT_easiness']));
  const own = rows.map((row) => readability(row['Excerpt'] ?? '')?.ease ?? NaN);
  const errors = own.map((ease, index) => ease - (published[index] ?? NaN));
  const base = 'clear/naive_vs_published';
  return [
    same('clear/n', rows.length, data.figure('clear/n')),
    near(
      'clear/published_flesch_vs_easiness',
      correlation(published, easiness),
      data.figure('clear/published_flesch_vs_easiness'),
      5e-5,
    ),
    atLeast(`${base}/r`, correlation(own, published), data.figure(`${base}/r`)),
    atMost(
      `${base}/median_abs_err`,
      median(errors.map(Math.abs)),
      data.figure(`${base}/median_abs_err`),
    ),
    atMost(`${base}/bias (size)`, Math.abs(mean(errors)), Math.abs(data.figure(`${base}/bias`))),
  ];
}

interface Answer {
  readonly task: string;
  readonly category: string;
  readonly text: string;
}

function checkCopies(data: DataFolder): Figure[] {
  const answers = data
    .text('plagiarism_short_answers.jsonl')
    .trim()
    .split('\n')
    .map((line): Answer => JSON.parse(line));
  const sources = new Map(
    answers.filter(({ category }) => category === 'orig').map(({ task, text }) => [task, text]),
  );
  const given = answers.filter(({ category }) => category !== 'orig');
  return [1, 3, 5].flatMap((size) => {
    const compared = given.map(({ task, category, text }) => {
      const [own, source] = [shinglesOf(text, size), shinglesOf(sources.get(task) ?? '', size)];
      return { category, share: containment(own, source), likeness: jaccard(own, source) };
    });
    const base = `plagiarism/${size}-word`;
    const quality = areaUnderCurve(
      compared.map(({ share }) => share),
      compared.map(({ category }) => category !== 'non'),
    );
    return [
      ...['non', 'cut', 'heavy', 'light'].flatMap((category) => {
        const own = compared.filter((each) => each.category === category);
        const [share, likeness] = [
          mean(own.map((each) => each.share)),
          mean(own.map((each) => each.likeness)),
        ];
        return [
          same(`${base}/n/${category}`, own.length, data.figure(`${base}/n/${category}`)),
          near(
            `${base}/mean_containment/${category}`,
            share,
            data.figure(`${base}/mean_containment/${category}`),
            0.02,
          ),
          near(
            `${base}/mean_jaccard/${category}`,
            likeness,
            data.figure(`${base}/mean_jaccard/${category}`),
            0.02,
          ),
        ];
      }),
      near(`${base}/auc`, quality, data.figure(`${base}/auc`), 0.01),
    ];
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function correlation(x: readonly number[], y: readonly number[]): number {
  const [middleX, middleY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, index) => {
    const [dx, dy] = [value - middleX, (y[index] ?? 0) - middleY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return xy / Math.sqrt(xx * yy);
}

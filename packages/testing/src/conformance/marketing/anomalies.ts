import { findAnomalies } from 'millrace-nodes-marketing/stats/series/anomaly';
import type { DataFolder } from './data-folder.ts';
import { atLeast, same, type Figure } from './figure.ts';
import { nabScore, type Judged } from './nab-score.ts';
import { readTar } from './tar-files.ts';

/** Labelled series of the Numenta Anomaly Benchmark, one detector with one setting for all. */
export function checkAnomalies(data: DataFolder): Figure[] {
  const files = readTar(data.bytes('nab.tar.gz'));
  const labels: Record<string, [string, string][]> = JSON.parse(
    files.get('nab/labels_windows.json') ?? '{}',
  );
  const series = Object.entries(labels).map(([name, windows]) =>
    judge(files.get(`nab/${name}`) ?? '', windows),
  );
  const { score } = nabScore(series);
  const silent = nabScore(series.map((each) => ({ ...each, alarms: [] })));
  return [
    same('nab/null/score (of the scorer)', silent.score, data.figure('nab/null/score')),
    atLeast('nab/twitterADVec/score', score, data.figure('nab/twitterADVec/score')),
  ];
}

function judge(csv: string, windows: readonly [string, string][]): Judged {
  const points = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line, index) => {
      const [at = '', value] = line.split(',');
      return { index, at: timeOf(at), value: Number(value) };
    });
  const find = (time: number) => points.findIndex(({ at }) => at >= time);
  return {
    length: points.length,
    alarms: findAnomalies(points).map(({ index }) => index),
    windows: windows.map(([first, last]) => ({
      first: find(timeOf(first)),
      last: find(timeOf(last)),
    })),
  };
}

/** `2014-07-01 00:30:00.000000`, in whole seconds. */
const timeOf = (text: string): number => Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);

import { checkAnomalies } from './anomalies.ts';
import { checkCampaigns } from './campaigns.ts';
import type { DataFolder } from './data-folder.ts';
import { checkExperiments } from './experiments.ts';
import type { Figure } from './figure.ts';
import { checkImages } from './images.ts';
import { checkKeywords } from './keywords.ts';
import { checkLinks } from './links.ts';
import { checkReach } from './reach.ts';
import { checkText } from './text.ts';

export { openDataFolder } from './data-folder.ts';

/** Every figure of REFERENCE.json that our functions give too. */
export const checkMarketing = (data: DataFolder): Figure[] =>
  [
    checkExperiments,
    checkCampaigns,
    checkKeywords,
    checkLinks,
    checkText,
    checkReach,
    checkImages,
    checkAnomalies,
  ].flatMap((check) => check(data));

/** A table of the figures, one row each; those that miss are marked. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, ours, reference, tolerance, ok }) => [
    ok ? '' : 'MISS',
    name,
    told(ours),
    told(reference),
    tolerance,
  ]);
  const header = ['', 'figure', 'ours', 'reference', 'tolerance'];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)),
  );
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const told = (value: number | string): string =>
  typeof value === 'string' ? value : String(Number(value.toPrecision(7)));

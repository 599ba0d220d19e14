import type { Cells } from './columns.ts';
import type { Importer, ImportOptions, ImportShape, ImportTarget } from './import-shape.ts';
import { backlinkShape } from './shapes/backlink-shape.ts';
import { campaignDayShape, memoryShape } from './shapes/campaign-shapes.ts';
import { keywordShape } from './shapes/keyword-shape.ts';
import { rankingShape } from './shapes/ranking-shape.ts';
import { longTrendShape, wideTrendShape } from './shapes/trend-shapes.ts';

/** The most particular first: every file with dated ranks of keywords is one with keywords too. */
const SHAPES: readonly ImportShape[] = [
  backlinkShape,
  rankingShape,
  memoryShape,
  campaignDayShape,
  longTrendShape,
  wideTrendShape,
  keywordShape,
];

/** Finds out by its header what a file holds. `target` leaves out what leads elsewhere. */
export function openImporter(
  header: Cells,
  target: ImportTarget | undefined,
  options: ImportOptions,
): Importer | undefined {
  for (const shape of SHAPES) {
    if (target !== undefined && shape.target !== target) continue;
    const importer = shape.open(header, options);
    if (importer) return importer;
  }
  return undefined;
}

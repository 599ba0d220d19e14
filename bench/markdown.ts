import type { Measurement } from './measurement.ts';

export interface Result extends Measurement {
  /** `npm run bench SCENARIO` measures it. */
  readonly scenario: string;
}

/** Rows for the table of docs/performance.md. */
export const toMarkdown = (results: readonly Result[]): string =>
  [
    ['row', 'work', 'floor', 'measured', 'ratio', 'target', 'command'],
    ['---', '---', '---', '---', '---', '---', '---'],
    ...results.map(({ id, what, floor, subject, unit, ratio, target, scenario }) => [
      id,
      what,
      floor === undefined ? '' : withUnit(floor, unit),
      withUnit(subject, unit),
      ratio === undefined ? '' : String(round(ratio)),
      target,
      `\`npm run bench ${scenario}\``,
    ]),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const withUnit = (value: number, unit: string) =>
  `${round(value).toLocaleString('en')} ${unit}`.trim();

/** Three digits say all that is known. */
export const round = (value: number): number => Number(value.toPrecision(3));

/** One point of a series. */
export interface ChartPoint {
  /** A category's name, an instant (ISO 8601) or a number, as the chart's `x` says. */
  readonly x: string | number;
  /** Null: there is no value. It is shown as missing, never as zero. */
  readonly y: number | null;
  /** Interval around `y`, such as a credible interval. Both or none. */
  readonly low?: number;
  readonly high?: number;
  /** What this one point is called, such as a keyword; said by the tooltip. */
  readonly name?: string;
  /** Of a dot: its area next to the others', in any unit. Left out, all dots are the same. */
  readonly size?: number;
}

/** One line, area, group of bars or cloud of dots. */
export interface ChartSeries {
  /** Stands beside the line itself. Unique within the chart. */
  readonly name: string;
  readonly kind?: 'line' | 'area' | 'bar' | 'dots';
  readonly points: readonly ChartPoint[];
  /** Left out, series take the colours in order. `muted` is for what others are compared with. */
  readonly tone?: ChartTone;
  /** A guess or a plan rather than a measurement. */
  readonly dashed?: boolean;
}

export type ChartTone = (typeof chartTones)[number] | 'muted' | 'success' | 'failed' | 'waiting';

/** Colours of series that ask for none, in order: tokens `--chart-…`. */
export const chartTones = ['teal', 'blue', 'amber', 'violet', 'green', 'slate'] as const;

/** A line across the chart: a goal (`axis: 'y'`) or a day when something changed (`axis: 'x'`). */
export interface ChartMark {
  readonly axis: 'x' | 'y';
  readonly at: string | number;
  readonly label: string;
}

/** What is drawn: everything but size and texts around it. */
export interface ChartSpec {
  readonly series: readonly ChartSeries[];
  readonly x: 'category' | 'time' | 'number';
  readonly marks: readonly ChartMark[];
  /** Bars lie on their side: for long category names. */
  readonly horizontal: boolean;
  /** Bars and areas stand on each other. */
  readonly stacked: boolean;
  /** Values grow by factors, as those with a long tail do; none may be 0 or less. */
  readonly isLogarithmic: boolean;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly formatX: (x: string | number) => string;
  readonly formatY: (y: number) => string;
}

/** The tokens a canvas needs, resolved for the theme in force. */
export interface ChartColours {
  readonly text: string;
  readonly faint: string;
  readonly border: string;
  readonly surface: string;
  readonly font: string;
  readonly tone: (tone: ChartTone) => string;
}

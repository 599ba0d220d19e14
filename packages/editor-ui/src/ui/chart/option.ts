import type { EChartsCoreOption } from 'echarts/core';
import { chartTones, type ChartColours, type ChartSeries, type ChartSpec } from './chart.types.ts';
import { tooltipOf } from './tooltip.ts';

/** The ECharts option that draws `spec`. Pure: same input, same option. */
export function chartOption(
  spec: ChartSpec,
  colours: ChartColours,
  { isStill = false } = {},
): EChartsCoreOption {
  const inked = spec.series.map((series, index) => ({
    ...series,
    colour: colours.tone(series.tone ?? chartTones[index % chartTones.length] ?? 'teal'),
  }));
  const bars = inked.filter(({ kind }) => kind === 'bar');
  const needsLegend = bars.length > 1 || inked.filter(({ kind }) => kind === 'dots').length > 1;
  const [across, up] = axes(spec, colours);

  return {
    animation: !isStill,
    animationDuration: 170,
    animationDurationUpdate: 170,
    textStyle: { fontFamily: colours.font, color: colours.text, fontSize: 12 },
    grid: {
      containLabel: true,
      left: 4,
      right: endLabelWidth(spec),
      top: needsLegend || spec.yLabel || spec.marks.length > 0 ? 32 : 12,
      bottom: spec.xLabel ? 28 : 4,
    },
    legend: needsLegend
      ? {
          top: 0,
          right: 0,
          itemWidth: 10,
          itemHeight: 10,
          icon: 'roundRect',
          data: inked.map(({ name }) => name),
          textStyle: { color: colours.faint },
        }
      : { show: false },
    xAxis: spec.horizontal ? up : across,
    yAxis: spec.horizontal ? { ...across, inverse: true } : up,
    tooltip: tooltipOf(spec, inked, colours),
    series: inked.flatMap((series, index) => [
      ...bandOf(series),
      { ...mainOf(series, spec, colours), ...(index === 0 && markLines(spec, colours)) },
    ]),
  };
}

type Inked = ChartSeries & { readonly colour: string };

function axes(
  { x, horizontal, isLogarithmic, xLabel, yLabel, formatX, formatY }: ChartSpec,
  { faint, border }: ChartColours,
) {
  const words = { color: faint, fontSize: 11, hideOverlap: true };
  const title = { nameTextStyle: { color: faint, fontSize: 11 } };
  const across = {
    ...title,
    type: x === 'number' ? 'value' : x,
    name: xLabel,
    nameLocation: 'middle',
    nameGap: 26,
    // A cloud of numbers needs no zero to stand on.
    scale: true,
    axisLine: { lineStyle: { color: border } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { ...words, ...(x !== 'time' && { formatter: formatX }) },
  };
  const up = {
    ...title,
    type: isLogarithmic ? 'log' : 'value',
    name: yLabel,
    nameLocation: 'end',
    nameTextStyle: { ...title.nameTextStyle, align: horizontal ? 'right' : 'left' },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: border } },
    axisLabel: { ...words, formatter: formatY },
  };
  return [across, up] as const;
}

/** The interval: an invisible floor and, stacked on it, its height. */
function bandOf({ name, points, colour }: Inked): object[] {
  if (!points.some(({ low, high }) => low !== undefined && high !== undefined)) return [];
  const part = {
    type: 'line',
    stack: `band ${name}`,
    // Floors below zero carry heights above it too.
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    itemStyle: { color: colour },
    z: 1,
  };
  return [
    { ...part, data: points.map(({ x, low }) => [x, low ?? null]) },
    {
      ...part,
      areaStyle: { color: colour, opacity: 0.16 },
      data: points.map(({ x, low, high }) => [
        x,
        low === undefined || high === undefined ? null : high - low,
      ]),
    },
  ];
}

function mainOf(series: Inked, spec: ChartSpec, colours: ChartColours): object {
  const { name, kind = 'line', points, colour, dashed } = series;
  const base = { name, itemStyle: { color: colour }, z: 2, emphasis: { focus: 'series' } };
  if (kind === 'bar') return { ...base, ...barParts(series, spec, colours) };
  if (kind === 'dots') {
    const itemStyle = { color: colour, opacity: 0.72 };
    return { ...base, itemStyle, ...dotParts(points, spec) };
  }
  return {
    ...base,
    type: 'line',
    ...(spec.stacked && kind === 'area' && { stack: 'all' }),
    connectNulls: false,
    symbol: 'circle',
    symbolSize: 5,
    showAllSymbol: true,
    lineStyle: { width: 2, color: colour, type: dashed ? 'dashed' : 'solid' },
    ...(kind === 'area' && { areaStyle: { color: colour, opacity: 0.14 } }),
    // A value between two gaps has no line: a dot is all there is of it.
    data: points.map(({ x, y }, index) => ({
      value: [x, y],
      symbol: isAlone(points, index) ? 'circle' : 'none',
    })),
    endLabel: {
      show: spec.series.length > 1,
      formatter: name,
      color: colour,
      fontSize: 12,
      fontWeight: 530,
      distance: 6,
    },
    labelLayout: { moveOverlap: 'shiftY' },
  };
}

const DOT_WIDTH = 7;
const GREATEST_DOT_WIDTH = 34;

/** Dots whose areas are their sizes. Great ones are seen through: others may lie below. */
function dotParts(points: ChartSeries['points'], { series }: ChartSpec): object {
  const greatest = Math.max(
    0,
    ...series.flatMap((each) => each.points.map(({ size }) => size ?? 0)),
  );
  const width = (size: number | undefined) =>
    size === undefined || greatest === 0
      ? DOT_WIDTH
      : Math.max(DOT_WIDTH - 2, GREATEST_DOT_WIDTH * Math.sqrt(Math.max(0, size) / greatest));
  return {
    type: 'scatter',
    data: points.map(({ x, y, size }) => ({ value: [x, y], symbolSize: width(size) })),
  };
}

function barParts({ points, colour }: Inked, spec: ChartSpec, colours: ChartColours): object {
  const isDirect = spec.series.length === 1 && points.length <= 12;
  const radius = spec.horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0];
  return {
    type: 'bar',
    ...(spec.stacked && { stack: 'all' }),
    barMaxWidth: 36,
    itemStyle: { color: colour, borderRadius: spec.stacked ? 0 : radius },
    data: points.map(({ x, y }) => (spec.horizontal ? [y, x] : [x, y])),
    label: {
      show: isDirect,
      position: spec.horizontal ? 'right' : 'top',
      color: colours.faint,
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const y = points[dataIndex]?.y;
        return y === null || y === undefined ? '' : spec.formatY(y);
      },
    },
  };
}

function markLines({ marks, horizontal }: ChartSpec, colours: ChartColours): object {
  if (marks.length === 0) return {};
  return {
    markLine: {
      symbol: 'none',
      silent: true,
      animation: false,
      lineStyle: { color: colours.faint, type: 'dashed', width: 1 },
      data: marks.map(({ axis, at, label }) => ({
        [(axis === 'x') !== horizontal ? 'xAxis' : 'yAxis']: at,
        label: {
          formatter: label,
          color: colours.faint,
          position: axis === 'x' ? 'end' : 'insideEndTop',
        },
      })),
    },
  };
}

const isAlone = (points: ChartSeries['points'], index: number) =>
  points[index]?.y !== null &&
  (points[index - 1]?.y ?? null) === null &&
  (points[index + 1]?.y ?? null) === null;

/** Room at the right for the names that stand at the ends of their lines, or for values beside bars. */
function endLabelWidth({ series, horizontal, formatY }: ChartSpec): number {
  if (horizontal) {
    const values = series.flatMap(({ points }) => points.map(({ y }) => formatY(y ?? 0).length));
    return 12 + 7 * Math.max(0, ...values);
  }
  const named = series.filter(({ kind = 'line' }) => kind === 'line' || kind === 'area');
  if (series.length < 2 || named.length === 0) return 16;
  return 16 + 7 * Math.min(24, Math.max(...named.map(({ name }) => name.length)));
}

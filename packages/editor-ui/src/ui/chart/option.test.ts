import { expect, test } from 'vitest';
import type { ChartColours, ChartPoint, ChartSpec } from './chart.types.ts';
import { chartOption } from './option.ts';

const colours: ChartColours = {
  text: 'black',
  faint: 'grey',
  border: 'silver',
  surface: 'white',
  font: 'Inter',
  tone: (tone) => tone,
};

const spec = (points: readonly ChartPoint[], more: Partial<ChartSpec> = {}): ChartSpec => ({
  series: [{ name: 'Clicks', points }],
  x: 'category',
  marks: [],
  horizontal: false,
  stacked: false,
  isLogarithmic: false,
  xLabel: '',
  yLabel: '',
  formatX: String,
  formatY: String,
  ...more,
});

test('a missing value is a gap, and a value between gaps is a dot', () => {
  const points = [
    { x: 'a', y: 1 },
    { x: 'b', y: null },
    { x: 'c', y: 3 },
    { x: 'd', y: null },
    { x: 'e', y: 5 },
    { x: 'f', y: 6 },
  ];
  expect(chartOption(spec(points), colours)['series']).toMatchObject([
    {
      connectNulls: false,
      data: [
        { value: ['a', 1], symbol: 'circle' },
        { value: ['b', null], symbol: 'none' },
        { value: ['c', 3], symbol: 'circle' },
        { value: ['d', null] },
        { value: ['e', 5], symbol: 'none' },
        { value: ['f', 6], symbol: 'none' },
      ],
    },
  ]);
});

test('an interval is a band of its own height, from its own floor, also below zero', () => {
  const points = [
    { x: 'a', y: 1, low: -2, high: 4 },
    { x: 'b', y: 2 },
  ];
  const band = { stack: 'band Clicks', stackStrategy: 'all', silent: true };
  expect(chartOption(spec(points), colours)['series']).toMatchObject([
    {
      ...band,
      data: [
        ['a', -2],
        ['b', null],
      ],
    },
    {
      ...band,
      data: [
        ['a', 6],
        ['b', null],
      ],
    },
    { name: 'Clicks' },
  ]);
});

test('lines are named at their ends, bars of several kinds by a legend', () => {
  const one = [{ x: 'a', y: 1 }];
  const lines = {
    series: [
      { name: 'A', points: one },
      { name: 'B', points: one },
    ],
  };
  const option = chartOption(spec(one, lines), colours);
  expect(option['legend']).toEqual({ show: false });
  expect(option['series']).toMatchObject([
    { endLabel: { show: true, formatter: 'A' } },
    { endLabel: { show: true, formatter: 'B' } },
  ]);

  const bars = { series: lines.series.map((each) => ({ ...each, kind: 'bar' as const })) };
  expect(chartOption(spec(one, bars), colours)['legend']).toMatchObject({ data: ['A', 'B'] });
});

test('bars on their side swap the axes and their marks', () => {
  const bars = {
    series: [{ name: 'Clicks', kind: 'bar' as const, points: [{ x: 'shoes', y: 12 }] }],
    marks: [{ axis: 'y' as const, at: 10, label: 'Goal' }],
    horizontal: true,
  };
  const option = chartOption(spec([], bars), colours);
  expect(option['yAxis']).toMatchObject({ type: 'category', inverse: true });
  expect(option['series']).toMatchObject([
    { data: [[12, 'shoes']], markLine: { data: [{ xAxis: 10 }] } },
  ]);
});

test('nothing to draw is drawn as nothing', () => {
  expect(chartOption(spec([], { series: [] }), colours)['series']).toEqual([]);
});

test('the area of a dot is its size, and the greatest of all series is the widest', () => {
  const cloud = (name: string, size: number) =>
    ({ name, kind: 'dots', points: [{ x: 1, y: 2, size }] }) as const;
  const sized = chartOption(spec([], { series: [cloud('a', 4), cloud('b', 1)] }), colours);
  expect(sized['series']).toMatchObject([
    { type: 'scatter', data: [{ value: [1, 2], symbolSize: 34 }] },
    { type: 'scatter', data: [{ value: [1, 2], symbolSize: 17 }] },
  ]);
});

test('values that grow by factors stand on a logarithmic axis', () => {
  const option = chartOption(spec([{ x: 'a', y: 10 }], { isLogarithmic: true }), colours);
  expect(option['yAxis']).toMatchObject({ type: 'log' });
});

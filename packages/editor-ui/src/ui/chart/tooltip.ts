import type { ChartColours, ChartSeries, ChartSpec } from './chart.types.ts';

type Inked = ChartSeries & { readonly colour: string };

/** The box at the pointer: all series at this x, or the one dot. Built of elements, so that no name is read as HTML. */
export function tooltipOf(
  spec: ChartSpec,
  series: readonly Inked[],
  { surface, border, text }: ChartColours,
): object {
  const isCloud = series.every(({ kind }) => kind === 'dots');
  return {
    trigger: isCloud ? 'item' : 'axis',
    confine: true,
    backgroundColor: surface,
    borderColor: border,
    textStyle: { color: text, fontSize: 12 },
    axisPointer: { type: 'line', lineStyle: { color: border }, animation: false },
    transitionDuration: 0,
    formatter: (hit: Hit | readonly Hit[]) => contentOf(spec, series, hit),
  };
}

/** What ECharts says is under the pointer. */
interface Hit {
  readonly seriesName?: string;
  readonly dataIndex: number;
}

function contentOf(
  spec: ChartSpec,
  series: readonly Inked[],
  hit: Hit | readonly Hit[],
): HTMLElement {
  const hits = 'dataIndex' in hit ? [hit] : hit;
  const box = document.createElement('div');
  const seen = hits.flatMap(({ seriesName, dataIndex }) => {
    const one = series.find(({ name }) => name === seriesName);
    const point = one?.points[dataIndex];
    return one && point ? [{ one, point }] : [];
  });
  const first = seen[0]?.point;
  if (!first) return box;

  const title = document.createElement('strong');
  title.textContent = first.name ?? spec.formatX(first.x);
  box.append(title);
  for (const { one, point } of seen) box.append(lineOf(spec, one, point));
  return box;
}

function lineOf(spec: ChartSpec, { name, colour }: Inked, point: ChartSeries['points'][number]) {
  const line = document.createElement('div');
  const mark = document.createElement('span');
  mark.style.cssText = `display:inline-block;width:8px;height:8px;margin-right:6px;border-radius:2px;background:${colour}`;
  const value = point.y === null ? '–' : spec.formatY(point.y);
  const interval =
    point.low === undefined || point.high === undefined
      ? ''
      : ` (${spec.formatY(point.low)} … ${spec.formatY(point.high)})`;
  line.append(mark, `${name}: ${value}${interval}`);
  return line;
}

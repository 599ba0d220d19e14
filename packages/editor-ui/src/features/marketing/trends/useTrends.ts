import { computed, shallowRef, watch } from 'vue';
import { useResource } from '../../../lib/useResource.ts';
import { callMarketing } from '../api/call-marketing.ts';
import { listTrending, listTrendSeries, type Stage } from '../api/trend.ts';

const SHOWN = 60;

/** Trends of a stage, the nearest to the business first, each with its course. */
export function useTrends() {
  const stage = shallowRef<Stage>('emerging');
  const { value, load, ...rest } = useResource(async () => {
    const asked = stage.value;
    const { data, total } = await callMarketing(listTrending, {
      querystring: { stage: asked, limit: SHOWN },
    });
    const ids = data.map(({ id }) => id).join(',');
    const series = ids ? (await callMarketing(listTrendSeries, { querystring: { ids } })).data : [];
    const byId = new Map(series.map((each) => [each.trendId, each]));
    return {
      stage: asked,
      total,
      trends: data.map((trend) => ({ ...trend, series: byId.get(trend.id) })),
    };
  });
  watch(stage, load);

  const shown = computed(() => (value.value?.stage === stage.value ? value.value : undefined));
  return { stage, shown, load, ...rest };
}

export type TrendWithSeries = NonNullable<
  ReturnType<typeof useTrends>['shown']['value']
>['trends'][number];

import { computed } from 'vue';
import { useResource } from '../../../lib/useResource.ts';
import { callMarketing } from '../api/call-marketing.ts';
import { getDashboard } from '../api/overview.ts';
import { getStatus } from '../api/programme.ts';
import { figureHistory } from '../run-history.ts';

/** The dashboard, with how its figures went from run to run. */
export function useOverview() {
  const { value, ...rest } = useResource(async () => {
    const [dashboard, seo, campaigns] = await Promise.all([
      callMarketing(getDashboard, {}),
      callMarketing(getStatus('seo'), {}),
      callMarketing(getStatus('campaigns'), {}),
    ]);
    return { dashboard, seo: seo.history, campaigns: campaigns.history };
  });

  const dashboard = computed(() => value.value?.dashboard);
  const histories = computed(() => ({
    quickWins: figureHistory(value.value?.seo ?? [], 'quickWins'),
    health: figureHistory(value.value?.seo ?? [], 'health'),
    roi: figureHistory(value.value?.campaigns ?? [], 'portfolioRoi'),
  }));
  /** Nothing to work with yet: neither keywords nor campaigns nor trends. */
  const isEmpty = computed(() => {
    const shown = dashboard.value;
    if (!shown) return false;
    const { keywords, liveLinks, emergingTrends } = shown.tiles;
    return keywords + liveLinks + emergingTrends + shown.campaigns.campaigns.length === 0;
  });

  return { dashboard, histories, isEmpty, ...rest };
}

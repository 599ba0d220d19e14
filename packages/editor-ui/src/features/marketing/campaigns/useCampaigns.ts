import { computed } from 'vue';
import { useAttempt } from '../../../lib/useAttempt.ts';
import { useResource } from '../../../lib/useResource.ts';
import { callMarketing } from '../api/call-marketing.ts';
import { decideCampaign, getPortfolio, getRoi, type Decision } from '../api/campaign.ts';

/** Every campaign, what the channels brought, and a person's word on them. */
export function useCampaigns() {
  const attempt = useAttempt();
  const { value, ...rest } = useResource(async () => {
    const [portfolio, roi] = await Promise.all([
      callMarketing(getPortfolio, { querystring: { limit: 200 } }),
      callMarketing(getRoi, { querystring: {} }),
    ]);
    return { portfolio, channels: roi.byChannel };
  });

  async function decide(id: string, decision: Decision) {
    await attempt(() => callMarketing(decideCampaign, { params: { id }, body: { decision } }));
    await rest.load();
  }

  return {
    portfolio: computed(() => value.value?.portfolio),
    channels: computed(() => value.value?.channels),
    decide,
    ...rest,
  };
}

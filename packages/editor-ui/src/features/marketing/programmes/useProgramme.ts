import { computed, watch, type Ref } from 'vue';
import { useResource } from '../../../lib/useResource.ts';
import { callMarketing } from '../api/call-marketing.ts';
import { getDashboard } from '../api/overview.ts';
import { listPlans } from '../api/plan.ts';
import { getStatus, type Programme } from '../api/programme.ts';

const PLANS_SHOWN = 50;

/** One programme: its runs, plans and learnings, and the clashes of all. */
export function useProgramme(programme: Ref<Programme>) {
  const { value, load, ...rest } = useResource(async () => {
    const [status, plans, dashboard] = await Promise.all([
      callMarketing(getStatus(programme.value), {}),
      callMarketing(listPlans, {
        querystring: { programme: programme.value, limit: PLANS_SHOWN },
      }),
      callMarketing(getDashboard, {}),
    ]);
    return { status, plans, conflicts: dashboard.conflicts };
  });
  watch(programme, load);

  /** Of the programme asked for; undefined while another is still shown. */
  const shown = computed(() =>
    value.value?.status.programme === programme.value ? value.value : undefined,
  );
  return { shown, load, ...rest };
}

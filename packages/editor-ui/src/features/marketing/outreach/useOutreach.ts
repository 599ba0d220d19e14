import { computed, shallowRef, watch } from 'vue';
import { useResource } from '../../../lib/useResource.ts';
import { callMarketing } from '../api/call-marketing.ts';
import { listMessages, listOutreachQueue, listThreads, type Thread } from '../api/outreach.ts';

const SHOWN = 200;

/** What the list shows: the queue by due time, or the threads of one state. */
export type OutreachView = 'due' | 'replied' | 'won' | 'ended' | 'bounced';

/** Talks with contacts, and how many stand in each state. */
export function useOutreach() {
  const view = shallowRef<OutreachView>('due');
  const { value, load, ...rest } = useResource(async () => {
    const shown = view.value;
    const queue = await callMarketing(listOutreachQueue, { querystring: { limit: SHOWN } });
    const threads =
      shown === 'due'
        ? queue
        : await callMarketing(listThreads, { querystring: { state: shown, limit: SHOWN } });
    const counts = new Map<string, number>();
    for (const { state, threads: own } of queue.campaigns)
      counts.set(state, (counts.get(state) ?? 0) + own);
    return { view: shown, threads: threads.data, total: threads.total, due: queue.total, counts };
  });
  watch(view, load);

  const shown = computed(() => (value.value?.view === view.value ? value.value : undefined));
  return { view, shown, load, ...rest };
}

/** What was written to a contact and answered. */
export function useMessages(thread: () => Thread | undefined) {
  const { value, load, ...rest } = useResource(async () => {
    const id = thread()?.id;
    if (!id) return undefined;
    return { id, data: (await callMarketing(listMessages, { params: { id } })).data };
  });
  watch(() => thread()?.id, load);
  const messages = computed(() =>
    value.value?.id === thread()?.id ? value.value?.data : undefined,
  );
  return { messages, load, ...rest };
}

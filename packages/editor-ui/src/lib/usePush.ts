import { defineStore } from 'pinia';
import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { createPushClient, type PushListener } from './push.ts';

/** The one push connection of this tab. */
const usePushStore = defineStore('push', () => {
  const client = createPushClient({
    open: () => new WebSocket(new URL('/push', location.href.replace(/^http/, 'ws'))),
  });
  return { client };
});

/**
 * Hears the events of these workflows while the component lives.
 *
 * @param onReconnect - Called after a gap in the connection, when events may have been missed.
 */
export function usePush(
  workflowIds: MaybeRefOrGetter<readonly string[]>,
  listener: PushListener,
  onReconnect?: () => void,
) {
  const { client } = usePushStore();

  watchEffect((onCleanup) => {
    const stops = [...new Set(toValue(workflowIds))].map((id) => client.subscribe(id, listener));
    if (onReconnect) stops.push(client.onReconnect(onReconnect));
    onCleanup(() => stops.forEach((stop) => stop()));
  });
}

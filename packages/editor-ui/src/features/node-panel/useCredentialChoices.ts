import { listCredentials, type Credential } from '@millrace/api';
import { shallowRef, toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { api } from '../../lib/api.ts';

/** The credentials of one type that the reader may use. */
export function useCredentialChoices(type: MaybeRefOrGetter<string>) {
  const credentials = shallowRef<readonly Credential[]>([]);

  const asked = shallowRef(0);

  watchEffect((onCleanup) => {
    void asked.value;
    const stop = new AbortController();
    const querystring = { type: toValue(type), limit: 250 };
    onCleanup(() => stop.abort());
    api(listCredentials, { querystring }, { signal: stop.signal }).then(
      ({ data }) => (credentials.value = data),
      // Without the list a chosen credential still shows its name.
      () => (credentials.value = []),
    );
  });

  /** Looks again: one was made or changed. */
  const reload = () => (asked.value += 1);
  return { credentials, reload };
}

import {
  getRetention,
  pruneNow,
  putRetention,
  type PruneResult,
  type RetentionRules,
} from '@millrace/api';
import { api } from '../../lib/api.ts';
import { useAttempt } from '../../lib/useAttempt.ts';
import { useResource } from '../../lib/useResource.ts';

/** What the server holds, and how long. */
export function useStorage() {
  const attempt = useAttempt();
  const { value, ...rest } = useResource(() => api(getRetention, {}));

  /** Rejects when the server refuses: the form shows why. */
  async function setRules(body: RetentionRules) {
    await api(putRetention, { body });
    await rest.load();
  }

  /** Lets go now what the rules let go. Undefined when it failed and was said so. */
  async function prune(): Promise<PruneResult | undefined> {
    const result = await attempt(() => api(pruneNow, {}));
    if (result) await rest.load();
    return result;
  }

  return { retention: value, ...rest, setRules, prune };
}

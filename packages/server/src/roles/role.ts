import type { ProcessRole } from '../runtime/index.ts';

/** What a process of an instance starts. All of them watch over work that nobody holds. */
export interface Role {
  readonly name: ProcessRole;
  /** `all`: editor, API and webhooks; `webhooks`: the addresses of published workflows; `health`: only how it is. */
  readonly serves: 'all' | 'webhooks' | 'health';
  /** Fires schedules. Rows are claimed, so any number of processes may. */
  readonly fires: boolean;
  /** Makes the first owner and the sample workflow. */
  readonly seeds: boolean;
}

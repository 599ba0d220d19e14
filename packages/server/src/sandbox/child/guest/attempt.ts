/* oxlint-disable typescript/no-explicit-any, unicorn/consistent-function-scoping -- this file travels
   into the isolate as text: functions must be self-contained, and values are whatever the user made */
import type { Bridge } from './bridge.ts';
import type { Surroundings } from './surroundings.ts';
import type { GuestJob, WorkflowData } from './workflow-data.ts';

/** Compiles and runs the user's body, and posts one `done` with everything that came of it. */
export function createAttempt(
  { post, encode, describe, parse }: Bridge,
  { logsText }: Surroundings,
  installData: (job: GuestJob) => WorkflowData,
): (text: string) => Promise<void> {
  const { apply } = Reflect;
  const { stringify } = JSON;
  // `new AsyncFunction` checks that the body stands on its own: it cannot close our wrapper and go on.
  const AsyncFunction: any = (async () => {}).constructor;

  return async function attempt(text) {
    const job: any = parse(text); // sent by our own parent process
    let staticData: unknown;
    let itemIndex = 0;
    try {
      const body = new AsyncFunction(`${job.source}\n//# sourceURL=code.js`);
      const data = installData(job);
      staticData = job.staticData;
      const limit = job.maxResultChars;
      let result = '';
      if (job.mode === 'allItems') {
        result = encode(await apply(body, data.self, []), limit) ?? '';
      } else {
        for (; itemIndex < job.items.length; itemIndex++) {
          data.moveTo(itemIndex);
          let outcome: string;
          try {
            const value = encode(await apply(body, data.self, []), limit - result.length);
            outcome = value === undefined ? '{}' : `{"value":${value}}`;
          } catch (error) {
            if (!job.recordsItemErrors) throw error;
            outcome = `{"error":${stringify(describe(error))}}`;
          }
          result += (itemIndex > 0 ? ',' : '') + outcome;
        }
        result = `[${result}]`;
      }
      const keptText =
        staticData === undefined ? '' : `,"staticData":${encode(staticData, limit) ?? '{}'}`;
      post(
        'done',
        0,
        `{"ok":true${result ? `,"value":${result}` : ''}${keptText},"logs":${logsText()}}`,
      );
    } catch (error) {
      const at = job.mode === 'eachItem' ? `,"itemIndex":${itemIndex}` : '';
      post(
        'done',
        0,
        `{"ok":false,"error":${stringify(describe(error))}${at},"logs":${logsText()}}`,
      );
    }
  };
}

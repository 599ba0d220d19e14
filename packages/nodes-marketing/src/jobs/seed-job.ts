import { defineJob } from '@millrace/workflow/node-api';
import { writeSeed } from '../seed/write-seed.ts';

/** Fills the project with the invented shop, to try everything without data of one's own. */
export const seedJob = defineJob({
  name: 'marketing.seed',
  async run({ input, state, save, tables, signal, now }) {
    const written: Record<string, number> = {};
    const startedAt = Number(state['startedAt'] ?? now());
    const total = await writeSeed(tables, {
      seed: Number(input['seed'] ?? 1),
      scale: Number(input['scale'] ?? 1),
      now: startedAt,
      signal,
      progress: async (table, rows) => {
        written[table] = rows;
        await save({ startedAt, written });
      },
    });
    return { total };
  },
});

import { defineJob, type PackageJob } from '@millrace/workflow/node-api';
import type { ProgrammeSteps } from '../programmes/programme.ts';
import { runProgramme } from '../programmes/run-programme.ts';

/** Runs a programme behind a request. The run's own row says how far it is, so the job saves nothing. */
export const programmeJob = (steps: ProgrammeSteps): PackageJob =>
  defineJob({
    name: `marketing.${steps.programme}`,
    async run({ id, input, tables, logger, signal, now, llm }) {
      const run = await runProgramme(
        steps,
        { tables, logger, signal, now, seed: Number(input['seed'] ?? 1), ...(llm && { llm }) },
        {
          trigger: String(input['trigger'] ?? `job ${id}`),
          holder: `job ${id}`,
          priority: Number(input['priority'] ?? 0),
        },
      );
      return { runId: run.id, ...run.figures };
    },
  });

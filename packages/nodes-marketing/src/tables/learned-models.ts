import { c, defineTable, type Row } from '@millrace/workflow/node-api';
import type { LeadModelData } from '../stats/leads/lead-model.ts';
import type { PredictorReport } from '../stats/predict/predictor.ts';

/** What was learned from outcomes, by the name people gave it. */
export const learnedModels = defineTable({
  name: 'marketing_learned_models',
  columns: {
    name: c.text(),
    /** Of the form `model` has: another one cannot be read. */
    format: c.integer(),
    model: c.json<LeadModelData>(),
    report: c.json<PredictorReport>(),
    isDeployable: c.boolean(),
    /** Facts it was given, and the field that says how things ended. */
    facts: c.json<readonly string[]>(),
    outcome: c.text(),
    /** The last outcome it has seen: what began later may judge it. */
    knownUntil: c.timestamp(),
    updatedAt: c.updatedAt(),
  },
  primaryKey: ['name'],
});
export type LearnedModelRow = Row<typeof learnedModels>;

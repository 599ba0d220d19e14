import { c, defineTable, type Row } from '@millrace/workflow/node-api';

/** An arm of an experiment; the first one is the control. */
export interface ExperimentArm {
  readonly name: string;
  /** Planned, on any scale. */
  readonly share: number;
}

/** Experiments, and who won. */
export const experiments = defineTable({
  name: 'marketing_experiments',
  columns: {
    name: c.text(),
    /** Makes its halves others than those of every other experiment. */
    salt: c.text(),
    arms: c.json<readonly ExperimentArm[]>(),
    winner: c.nullable(c.text()),
    reason: c.nullable(c.text()),
    decidedAt: c.nullable(c.timestamp()),
    createdAt: c.createdAt(),
  },
  primaryKey: ['name'],
});
export type ExperimentRow = Row<typeof experiments>;

/** Who saw which arm, and who then did what it is about. The first of each counts. */
export const exposures = defineTable({
  name: 'marketing_exposures',
  columns: {
    experiment: c.references(c.text(), {
      table: 'marketing_experiments',
      column: 'name',
      onDelete: 'cascade',
    }),
    unit: c.text(),
    arm: c.text(),
    at: c.timestamp(),
    convertedAt: c.nullable(c.timestamp()),
    isConverted: c.withDefault(c.boolean(), false),
  },
  primaryKey: ['experiment', 'unit'],
  indexes: [['experiment', 'arm', 'isConverted']],
});

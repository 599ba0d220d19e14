import type { Tables } from '@millrace/workflow/node-api';
import { programmeSettings, type Programme } from '../tables/programmes.ts';

/** How people want a programme to work. */
export interface ProgrammeSettings {
  readonly isEnabled: boolean;
  readonly priority: number;
  /** The programme's own settings, not yet read. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** What is set for a programme, else the usual. */
export async function readSettings(
  tables: Tables,
  programme: Programme,
): Promise<ProgrammeSettings> {
  const row = await tables.open(programmeSettings).findOne({ programme });
  return {
    isEnabled: row?.isEnabled ?? true,
    priority: row?.priority ?? 0,
    own: row?.settings ?? {},
  };
}

/** Changes what is named and leaves the rest as it was. */
export async function changeSettings(
  tables: Tables,
  programme: Programme,
  changes: {
    readonly isEnabled?: boolean | undefined;
    readonly priority?: number | undefined;
    readonly settings?: Readonly<Record<string, unknown>> | undefined;
  },
): Promise<ProgrammeSettings> {
  await tables.transaction(async (inside) => {
    const { isEnabled, priority, own } = await readSettings(inside, programme);
    const row = {
      programme,
      isEnabled: changes.isEnabled ?? isEnabled,
      priority: changes.priority ?? priority,
      settings: { ...own, ...changes.settings },
    };
    await inside.open(programmeSettings).upsertMany([row], { by: ['programme'] });
  });
  return readSettings(tables, programme);
}

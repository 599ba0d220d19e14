import type { JsonObject } from '@millrace/workflow/items';
import { defineJob } from '@millrace/workflow/node-api';
import { importFile, type ImportReport } from '../store-import/import-file.ts';
import { readParts, removeParts } from '../store-import/import-parts.ts';
import { IMPORT_TARGETS } from '../store-import/import-shape.ts';

/** Brings a stored file into the tables. It writes over what it wrote, so a restart begins anew. */
export const importJob = defineJob({
  name: 'marketing.import',
  async run({ input, save, tables, signal, now }) {
    const importId = String(input['importId'] ?? '');
    const target = IMPORT_TARGETS.find((each) => each === input['target']);
    const windowDays = Number(input['windowDays'] ?? 28);
    const report = await importFile(tables, {
      bytes: readParts(tables, importId),
      ...(target && { target }),
      windowDays,
      now: now(),
      signal,
      progress: (soFar) => save(asJson(soFar)),
    });
    await removeParts(tables, importId);
    return asJson(report);
  },
});

const asJson = ({ problems, ...figures }: ImportReport): JsonObject => ({
  ...figures,
  problems: problems.map((each) => ({ ...each })),
});

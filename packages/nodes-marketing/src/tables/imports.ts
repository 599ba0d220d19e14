import { c, defineTable } from '@millrace/workflow/node-api';

/** A file on its way in, in parts, so that no job has to hold it whole. Gone when the import ends. */
export const importParts = defineTable({
  name: 'marketing_import_parts',
  columns: {
    importId: c.text(),
    part: c.integer(),
    /** A piece of the file's bytes. */
    base64: c.text(),
    createdAt: c.createdAt(),
  },
  primaryKey: ['importId', 'part'],
  indexes: [['createdAt']],
});

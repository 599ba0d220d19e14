import { c, defineTable } from '@millrace/workflow/node-api';

/** Pages that were gone when they were looked at. One look proves nothing: servers have bad days. */
export const goneLooks = defineTable({
  name: 'marketing_gone_looks',
  columns: {
    url: c.text(),
    /** Since when every look found it gone. */
    since: c.timestamp(),
    lastAt: c.timestamp(),
    reason: c.text(),
  },
  primaryKey: ['url'],
});

import type { JsonObject } from '@millrace/workflow/items';
import { defineNode, mapItems, p, type ExecuteContext } from '@millrace/workflow/node-api';
import { getField, setField, unsetField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';

/** Gives fields other names. */
export const renameKeysNode = defineNode({
  name: 'n8n-nodes-base.renameKeys',
  label: 'Rename Keys',
  description: 'Gives fields other names',
  version: 1,
  icon: icon('M4 7h10', 'M4 12h6', 'M13 20l7-7-3-3-7 7v3z'),
  pure: true,
  params: {
    keys: p.list({
      label: 'Keys',
      group: 'key',
      addLabel: 'Add key',
      item: {
        currentKey: p.string({ label: 'Current key name' }),
        newKey: p.string({ label: 'New key name' }),
      },
    }),
    additionalOptions: p.raw({
      label: 'Additional options',
      type: 'collection',
      default: {},
      options: [],
    }),
  },
  execute: (context) =>
    mapItems(context, (item, index) => ({ ...item, json: renamed(context, item.json, index) })),
});

function renamed(context: ExecuteContext, json: JsonObject, index: number): JsonObject {
  const rows = context.param<readonly JsonObject[]>('keys.key', index, { fallback: [] });
  return rows.reduce((result, row) => {
    const [from, to] = [String(row.currentKey ?? ''), String(row.newKey ?? '')];
    const value = getField(result, from);
    if (!from || !to || from === to || value === undefined) return result;
    return setField(unsetField(result, from), to, value);
  }, json);
}

import type { Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, mapItems, p, type ExecuteContext } from '@millrace/workflow/node-api';
import { setField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';

/** Versions 1 and 2 of Set: values grouped by type. */
export const setLegacyNode = defineNode({
  name: 'n8n-nodes-base.set',
  label: 'Set',
  description: 'Sets values on items, and removes other fields on request',
  version: [1, 2],
  icon: icon('M4 20h4L19 9l-4-4L4 16z', 'M13 7l4 4'),
  pure: true,
  params: {
    keepOnlySet: p.boolean({ label: 'Keep only set' }),
    values: p.groups({
      label: 'Values to set',
      groups: {
        boolean: {
          label: 'Boolean',
          item: {
            name: p.string({ label: 'Name', default: 'propertyName' }),
            value: p.boolean({ label: 'Value' }),
          },
        },
        number: {
          label: 'Number',
          item: {
            name: p.string({ label: 'Name', default: 'propertyName' }),
            value: p.number({ label: 'Value', default: 0 }),
          },
        },
        string: {
          label: 'String',
          item: {
            name: p.string({ label: 'Name', default: 'propertyName' }),
            value: p.string({ label: 'Value' }),
          },
        },
      },
    }),
    options: p.collection({
      label: 'Options',
      fields: { dotNotation: p.boolean({ label: 'Dot notation', default: true }) },
    }),
  },
  execute: (context) => mapItems(context, (item, index) => withValues(context, item, index)),
});

function withValues(context: ExecuteContext, item: Item, index: number): Item {
  const isOnlySet = context.param('keepOnlySet', index, { fallback: false }) === true;
  const style =
    context.param('options.dotNotation', index, { fallback: true }) === false ? 'key' : 'path';
  const rows = ['boolean', 'number', 'string'].flatMap((group) =>
    list(context.param(`values.${group}`, index, { fallback: [] })),
  );
  const json = rows.reduce<JsonObject>(
    (result, { name, value }) => setField(result, String(name), value, style),
    isOnlySet ? {} : item.json,
  );
  return {
    json,
    pairedItem: { item: index },
    ...(item.binary && !isOnlySet && { binary: item.binary }),
  };
}

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value : []);

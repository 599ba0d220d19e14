import { defineNode, p, type When } from '@millrace/workflow/node-api';
import { eventFields, eventParams } from '../convert-to-file/convert-to-file.properties.ts';
import { eventFile } from '../convert-to-file/item-file.ts';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';

const creating: When = { operation: ['createEventFile'] };

/** The predecessor of Convert to File for calendars, for workflows that still have it. */
export const iCalNode = defineNode({
  name: 'n8n-nodes-base.iCal',
  label: 'iCalendar',
  description: 'Makes a calendar file with an event. Convert to File does the same',
  version: 1,
  icon: icon('M5 5h14v15H5z', 'M5 10h14', 'M9 3v4', 'M15 3v4'),
  params: {
    operation: p.options({
      label: 'Operation',
      default: 'createEventFile',
      fixed: true,
      choices: [{ value: 'createEventFile', label: 'Create event file' }],
    }),
    ...eventParams(creating),
    binaryPropertyName: p.string({
      label: 'Put output file in field',
      default: 'data',
      required: true,
      when: creating,
    }),
    additionalFields: p.collection({
      label: 'Additional fields',
      when: creating,
      fields: eventFields,
    }),
  },
  execute: (context) =>
    forEachItem(context, async (_item, index) => {
      const { bytes, fileName, mimeType } = await eventFile(context, index);
      const file = await context.binary.put(bytes, { fileName, ...(mimeType && { mimeType }) });
      return { json: {}, binary: { [String(context.param('binaryPropertyName', index))]: file } };
    }),
});

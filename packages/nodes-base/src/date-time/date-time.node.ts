import type { Item } from '@millrace/workflow/items';
import { defineNode, mapItems, type ExecuteContext } from '@millrace/workflow/node-api';
import { setField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { dateTimeProperties } from './date-time.properties.ts';
import type { DateOperation } from './operations/date-operation.ts';
import {
  extractDate,
  formatDate,
  getCurrentDate,
  getTimeBetweenDates,
  roundDate,
} from './operations/read-date.ts';
import { addToDate, subtractFromDate } from './operations/shift-date.ts';

const operations: Readonly<Record<string, DateOperation>> = {
  addToDate,
  extractDate,
  formatDate,
  getCurrentDate,
  getTimeBetweenDates,
  roundDate,
  subtractFromDate,
};

/** Reads, formats, rounds and moves dates. */
export const dateTimeNode = defineNode({
  name: 'n8n-nodes-base.dateTime',
  label: 'Date & Time',
  description: 'Reads, formats, rounds and moves dates',
  version: 2,
  defaultVersion: 2,
  icon: icon('M5 5h14v15H5z', 'M5 10h14', 'M9 3v4', 'M15 3v4', 'M12 13v3h3'),
  properties: dateTimeProperties,
  execute: (context) => mapItems(context, (item, index) => dated(context, item, index)),
});

function dated(context: ExecuteContext, item: Item, index: number): Item {
  const pairedItem = { item: index };
  try {
    const name = String(context.param('operation', index));
    const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
    const isKept = context.param('options.includeInputFields', index, { fallback: false }) === true;
    const output = String(context.param('outputFieldName', index));
    return {
      json: setField(isKept ? item.json : {}, output, run?.(context, index), 'key'),
      pairedItem,
    };
  } catch (error) {
    if (!context.continueOnFail) throw error;
    return { json: { error: error instanceof Error ? error.message : String(error) }, pairedItem };
  }
}

import type { Item } from '@millrace/workflow/items';
import {
  defineNode,
  mapItems,
  describeParams,
  p,
  type ExecuteContext,
} from '@millrace/workflow/node-api';
import type { DateTime } from 'luxon';
import { setField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { readDate } from './date-value.ts';
import { formatMoment } from './moment-format.ts';

const formats = ['MM/DD/YYYY', 'YYYY/MM/DD', 'MMMM DD YYYY', 'MM-DD-YYYY', 'YYYY-MM-DD', 'X', 'x'];
const units = [
  'quarters',
  'years',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
];
const formatting = { action: ['format'] };
const calculating = { action: ['calculate'] };
const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** Version 1 of Date & Time: formats in Moment's tokens, and simple sums. */
export const dateTimeV1Node = defineNode({
  name: 'n8n-nodes-base.dateTime',
  label: 'Date & Time',
  description: 'Formats dates and calculates with them',
  version: 1,
  icon: icon('M5 5h14v15H5z', 'M5 10h14', 'M9 3v4', 'M15 3v4'),
  properties: [
    ...describeParams({
      action: p.options({
        label: 'Action',
        default: 'format',
        choices: choices(['calculate', 'format']),
      }),
      value: p.string({ label: 'Value', required: true }),
      dataPropertyName: p.string({ label: 'Property name', default: 'data', required: true }),
      custom: p.boolean({ label: 'Custom format', when: formatting }),
      toFormat: p.string({ label: 'To format', when: { ...formatting, custom: [true] } }),
    }),
    ...describeParams({
      toFormat: p.options({
        label: 'To format',
        default: 'MM/DD/YYYY',
        choices: choices(formats),
        when: { ...formatting, custom: [false] },
      }),
      operation: p.options({
        label: 'Operation',
        default: 'add',
        choices: choices(['add', 'subtract']),
        when: calculating,
      }),
      duration: p.number({ label: 'Duration', default: 0, when: calculating }),
      timeUnit: p.options({
        label: 'Time unit',
        default: 'days',
        choices: choices(units),
        when: calculating,
      }),
      options: p.collection({
        label: 'Options',
        fields: {
          fromFormat: p.string({ label: 'From format' }),
          fromTimezone: p.string({ label: 'From timezone' }),
          toTimezone: p.string({ label: 'To timezone' }),
        },
      }),
    }),
  ],
  execute: (context) => mapItems(context, (item, index) => dated(context, item, index)),
});

function dated(context: ExecuteContext, item: Item, index: number): Item {
  const pairedItem = { item: index };
  try {
    const name = String(context.param('dataPropertyName', index));
    const value =
      context.param('action', index) === 'format'
        ? formatted(context, index)
        : calculated(context, index);
    return { ...item, json: setField(item.json, name, value), pairedItem };
  } catch (error) {
    if (!context.continueOnFail) throw error;
    return { json: { error: error instanceof Error ? error.message : String(error) }, pairedItem };
  }
}

function formatted(context: ExecuteContext, index: number): string {
  const zone = option(context, 'toTimezone', index) || context.timezone;
  return formatMoment(
    given(context, index).setZone(zone),
    String(context.param('toFormat', index)),
  );
}

function calculated(context: ExecuteContext, index: number): string | null {
  const sign = context.param('operation', index) === 'subtract' ? -1 : 1;
  const amount = Number(context.param('duration', index)) * sign;
  return given(context, index)
    .setZone('utc')
    .plus({ [String(context.param('timeUnit', index))]: amount })
    .toISO();
}

/** The value as a date. A text without an offset is in the "from" zone. */
function given(context: ExecuteContext, index: number): DateTime {
  const fromFormat = option(context, 'fromFormat', index);
  const date = readDate(context.param('value', index), {
    node: context.node.name,
    itemIndex: index,
    ...(fromFormat && { fromFormat }),
  });
  const from = option(context, 'fromTimezone', index);
  return from && date.zoneName === 'UTC' && !/z$/i.test(String(context.param('value', index)))
    ? date.setZone(from, { keepLocalTime: true })
    : date;
}

const option = (context: ExecuteContext, name: string, index: number): string =>
  String(context.param(`options.${name}`, index, { fallback: '' }) ?? '');

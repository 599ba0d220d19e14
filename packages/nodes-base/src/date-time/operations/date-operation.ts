import type { ExecuteContext } from '@millrace/workflow/node-api';
import { DateTime } from 'luxon';
import { readDate } from '../date-value.ts';

/** One thing the node can do with dates: its result for an item. */
export type DateOperation = (context: ExecuteContext, index: number) => unknown;

/** A parameter as a date, in the zone it says, else UTC. */
export const dateParam = (context: ExecuteContext, name: string, index: number): DateTime =>
  readDate(context.param(name, index), { node: context.node.name, itemIndex: index });

/** A parameter as a date in the workflow's zone. */
export const localDate = (context: ExecuteContext, name: string, index: number): DateTime =>
  dateParam(context, name, index).setZone(context.timezone);

import { NodeError } from '@millrace/workflow/errors';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import { DateTime, Duration } from 'luxon';

/** When a pause that waits for a call ends by itself, ms since the epoch; undefined for never. */
export function callDeadline(context: ExecuteContext): number | undefined {
  if (context.param('limitWaitTime', 0, { fallback: false }) !== true) return undefined;
  if (context.param('limitType', 0) === 'atSpecifiedTime') return moment(context, 'maxDateAndTime');
  return context.now() + durationMs(context, 'resumeAmount', 'resumeUnit');
}

/** An amount and its unit, from two parameters. @throws {NodeError} */
export function durationMs(context: ExecuteContext, amountPath: string, unitPath: string): number {
  const amount = Number(context.param(amountPath, 0));
  const unit = String(context.param(unitPath, 0));
  if (
    Number.isFinite(amount) &&
    amount >= 0 &&
    ['seconds', 'minutes', 'hours', 'days'].includes(unit)
  ) {
    return Duration.fromObject({ [unit]: amount }).toMillis();
  }
  throw new NodeError(
    `Invalid wait amount: ${amount} ${unit}`,
    { node: context.node.name },
    { fix: 'Set an amount of 0 or more' },
  );
}

/** A time, ms since the epoch; those without an offset are in the workflow's zone. */
export function moment(context: ExecuteContext, path: string): number {
  const given = context.param(path, 0);
  if (DateTime.isDateTime(given)) return given.toMillis();
  const text = given instanceof Date ? given.toISOString() : String(given);
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: context.timezone });
  if (time.isValid) return time.toMillis();
  throw new NodeError(
    `"${text}" is no date and time`,
    { node: context.node.name },
    { fix: 'Set a date and time' },
  );
}

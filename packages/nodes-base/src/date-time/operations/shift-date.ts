import { localDate, type DateOperation } from './date-operation.ts';

/** Adds to a date, in its workflow's zone: a day is a calendar day. */
export const addToDate: DateOperation = (context, index) => shifted(context, index, 1);

export const subtractFromDate: DateOperation = (context, index) => shifted(context, index, -1);

function shifted(
  context: Parameters<DateOperation>[0],
  index: number,
  sign: 1 | -1,
): string | null {
  const unit = String(context.param('timeUnit', index));
  const amount = Number(context.param('duration', index)) * sign;
  return localDate(context, 'magnitude', index)
    .plus({ [unit]: amount })
    .toISO();
}

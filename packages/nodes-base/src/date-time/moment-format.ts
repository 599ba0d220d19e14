import type { DateTime } from 'luxon';

/** Moment tokens that Luxon names otherwise. */
const TOKENS: Readonly<Record<string, (date: DateTime) => string>> = {
  YYYY: (date) => date.toFormat('yyyy'),
  YY: (date) => date.toFormat('yy'),
  DD: (date) => date.toFormat('dd'),
  D: (date) => date.toFormat('d'),
  Do: (date) => `${date.day}${ordinalEnding(date.day)}`,
  dddd: (date) => date.toFormat('cccc'),
  ddd: (date) => date.toFormat('ccc'),
  A: (date) => date.toFormat('a'),
  a: (date) => date.toFormat('a').toLowerCase(),
  Z: (date) => date.toFormat('ZZ'),
  ZZ: (date) => date.toFormat('ZZZ'),
};

const PATTERN =
  /\[([^\]]*)\]|YYYY|YY|Do|DD?|dddd|ddd|MMMM|MMM|MM|M|HH|H|hh|h|mm|m|ss|s|SSS|A|a|ZZ|Z|X|x/g;

/** A date in the tokens version 1 of the node uses, such as `dddd, MMMM Do YYYY`; text in brackets stays. */
export const formatMoment = (date: DateTime, format: string): string =>
  format.replaceAll(PATTERN, (token: string, literal: string | undefined) => {
    if (literal !== undefined) return literal;
    const own = Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined;
    return own ? own(date) : date.toFormat(token);
  });

/** `st`, `nd`, `rd` or `th`. */
export function ordinalEnding(day: number): string {
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(day);
  return { one: 'st', two: 'nd', few: 'rd' }[String(rule)] ?? 'th';
}

import type { Context } from '../context.ts';
import { call, isCallable } from '../values.ts';
import { toText } from '../capabilities/coerce.ts';
import type { RegexMatch } from './guest-regex.ts';

/** Puts `replacement` (text with `$1` and the like, or a function) in the place of each match. */
export function replaceMatches(
  context: Context,
  text: string,
  matches: readonly RegexMatch[],
  replacement: unknown,
): string {
  const template = isCallable(replacement) ? undefined : toText(context, replacement);
  let out = '';
  let at = 0;
  for (const match of matches) {
    context.spend(1);
    const whole = match.groups[0] ?? '';
    const put =
      template === undefined
        ? toText(context, call(context, replacement, undefined, callbackArguments(match, text)))
        : expandTemplate(context, template, match, text);
    const piece = text.slice(at, match.index) + put;
    context.reserveText(out.length + piece.length - Math.min(out.length, piece.length));
    if (out.length + piece.length > context.limits.stringLength)
      context.reserveText(out.length + piece.length);
    out += piece;
    at = match.index + whole.length;
  }
  return out + text.slice(at);
}

const callbackArguments = (match: RegexMatch, text: string): unknown[] =>
  match.named
    ? [...match.groups, match.index, text, match.named]
    : [...match.groups, match.index, text];

function expandTemplate(
  context: Context,
  template: string,
  match: RegexMatch,
  text: string,
): string {
  if (!template.includes('$')) return template;
  const whole = match.groups[0] ?? '';
  const expanded = template.replace(
    /\$(?:([$&`'])|(\d\d?)|<([^>]*)>)/g,
    (token, mark, digits, name) => {
      if (mark === '$') return '$';
      if (mark === '&') return whole;
      if (mark === '`') return reserved(context, text.slice(0, match.index));
      if (mark === "'") return reserved(context, text.slice(match.index + whole.length));
      if (name !== undefined) return match.named ? (match.named[String(name)] ?? '') : token;
      return groupByNumber(String(digits), match) ?? token;
    },
  );
  context.reserveText(expanded.length);
  return expanded;
}

function reserved(context: Context, text: string): string {
  context.reserveText(text.length);
  return text;
}

function groupByNumber(digits: string, match: RegexMatch): string | undefined {
  const count = match.groups.length - 1;
  const both = Number(digits);
  if (both >= 1 && both <= count) return match.groups[both] ?? '';
  const first = Number(digits.charAt(0));
  return first >= 1 && first <= count ? (match.groups[first] ?? '') + digits.slice(1) : undefined;
}

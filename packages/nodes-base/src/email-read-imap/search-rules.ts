import { ParamError } from '@millrace/workflow/errors';
import type { SearchObject } from 'imapflow';

type Rule = (value: string) => SearchObject;

/** Words n8n's users know from node-imap, and what they are here. */
const RULES = new Map<string, Rule>([
  ['ALL', () => ({ all: true })],
  ['UNSEEN', () => ({ seen: false })],
  ['SEEN', () => ({ seen: true })],
  ['FLAGGED', () => ({ flagged: true })],
  ['UNFLAGGED', () => ({ flagged: false })],
  ['ANSWERED', () => ({ answered: true })],
  ['UNANSWERED', () => ({ answered: false })],
  ['FROM', (from) => ({ from })],
  ['TO', (to) => ({ to })],
  ['CC', (cc) => ({ cc })],
  ['SUBJECT', (subject) => ({ subject })],
  ['BODY', (body) => ({ body })],
  ['TEXT', (text) => ({ text })],
  ['SINCE', (date) => ({ since: dateOf(date) })],
  ['BEFORE', (date) => ({ before: dateOf(date) })],
  ['KEYWORD', (keyword) => ({ keyword })],
]);

/**
 * The search a trigger makes, from n8n's `customEmailConfig`: JSON such as
 * `["UNSEEN", ["SINCE", "May 20, 2026"]]`. All rules must hold.
 *
 * @throws {ParamError} for what is not such a list.
 */
export function searchRules(text: string): SearchObject {
  return Object.assign({}, ...rulesIn(text).map(readRule));
}

function rulesIn(text: string): readonly unknown[] {
  if (text.trim() === '') return ['UNSEEN'];
  try {
    const rules: unknown = JSON.parse(text);
    if (Array.isArray(rules)) return rules;
  } catch {
    // Said below, as for JSON that is no list.
  }
  throw wrong('a JSON list such as ["UNSEEN"]', text);
}

function readRule(rule: unknown): SearchObject {
  const [word, value = ''] = (Array.isArray(rule) ? rule : [rule]).map(String);
  const make = RULES.get(String(word).toUpperCase());
  if (!make) throw wrong(`one of ${[...RULES.keys()].join(', ')}`, rule);
  return make(value);
}

function dateOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw wrong('a date', text);
  return date;
}

const wrong = (expected: string, received: unknown) =>
  new ParamError({ path: 'options.customEmailConfig', expected, received, reason: 'mismatch' });

import { InputError } from '../item-fields/input.error.ts';
import { itemFields } from '../item-fields/item-fields.ts';
import { scoreByRules, type EventRule, type LeadEvent } from '../stats/leads/rule-score.ts';

export interface GivenEventRule {
  readonly event: string;
  readonly points: number;
  /** 0: they stay. */
  readonly halfLifeDays: number;
  /** 0: all count. */
  readonly most: number;
}

export interface GivenProfileRule {
  readonly field: string;
  readonly test: 'equals' | 'contains' | 'atLeast' | 'atMost' | 'isSet' | 'isNotSet';
  readonly value: string;
  readonly points: number;
}

export interface GivenRules {
  readonly events: readonly GivenEventRule[];
  readonly profile: readonly GivenProfileRule[];
}

type Json = Readonly<Record<string, unknown>>;

export interface LeadRuleScore {
  readonly score: number;
  readonly parts: readonly { readonly rule: string; readonly points: number }[];
  readonly explain: string;
}

/** A lead's points. @throws {InputError} for rules that say nothing, or events that are none. */
export function scoreLead(row: Json, index: number, given: GivenRules, now: number): LeadRuleScore {
  const rules = { events: given.events.map(eventRule), profile: given.profile.map(profileRule) };
  const { score, parts } = scoreByRules({ events: eventsOf(row, index), profile: row }, rules, now);
  return { score, parts, explain: explain(parts) };
}

/** @throws {InputError} where there is no rule at all. */
export function needRules(given: GivenRules): GivenRules {
  if (given.events.length + given.profile.length > 0) return given;
  throw new InputError(
    'There are no rules to score by',
    'Add a rule for something a lead does or is',
  );
}

function eventRule({ event, points, halfLifeDays, most }: GivenEventRule): EventRule {
  if (halfLifeDays < 0 || most < 0)
    throw new InputError(
      `The rule for "${event}" has ${halfLifeDays < 0 ? `the half-life ${halfLifeDays}` : `${most} as most`}`,
      'Give 0 or more; 0 means that points stay, or that every event counts',
    );
  return {
    event,
    points,
    ...(halfLifeDays > 0 && { halfLifeDays }),
    ...(most > 0 && { most }),
  };
}

const profileRule = ({ field, test, value, points }: GivenProfileRule) => ({
  name: test === 'isSet' || test === 'isNotSet' ? `${field} ${test}` : `${field} ${test} ${value}`,
  points,
  holds: (profile: Json) => TESTS[test](profile[field], value),
});

/** What is not known passes no test but the one for that. */
const TESTS: Readonly<
  Record<GivenProfileRule['test'], (known: unknown, value: string) => boolean>
> = {
  equals: (known, value) => isKnown(known) && lower(known) === lower(value),
  contains: (known, value) => isKnown(known) && lower(known).includes(lower(value)),
  atLeast: (known, value) => isKnown(known) && Number(known) >= Number(value),
  atMost: (known, value) => isKnown(known) && Number(known) <= Number(value),
  isSet: (known) => isKnown(known),
  isNotSet: (known) => !isKnown(known),
};

const isKnown = (value: unknown): boolean => value !== null && value !== undefined && value !== '';
const lower = (value: unknown): string => String(value).trim().toLowerCase();

function eventsOf(row: Json, index: number): LeadEvent[] {
  const events = row['events'];
  if (events === undefined || events === null) return [];
  if (!Array.isArray(events))
    throw new InputError(
      `Item ${index}: "events" is not a list`,
      'Give each lead "events" as a list of { "name", "at" }',
    );
  return events.map((each: unknown) => {
    const field = itemFields(isJson(each) ? each : {}, index);
    const at = field.time('at', 'time', 'date');
    if (at === undefined)
      throw new InputError(
        `Item ${index} has an event without "at"`,
        'Give each event its "name" and the time "at"',
      );
    return { name: field.need('name', 'event'), at };
  });
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function explain(parts: LeadRuleScore['parts']): string {
  if (parts.length === 0) return 'No rule gave points';
  return parts
    .slice(0, 3)
    .map(({ rule, points }) => `${points > 0 ? '+' : ''}${points.toFixed(1)} for ${rule}`)
    .join(', ');
}

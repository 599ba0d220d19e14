import type { JsonObject } from '@millrace/workflow/items';
import ICAL from 'ical.js';
import { DateTime } from 'luxon';

/** How fields of the calendar and its events are called in the result. */
const NAMES: Readonly<Record<string, string>> = {
  attach: 'attachments',
  attendee: 'attendees',
  dtend: 'end',
  dtstamp: 'stamp',
  dtstart: 'start',
  exdate: 'exceptionDates',
  'last-modified': 'lastModified',
  prodid: 'prodId',
  'recurrence-id': 'recurrenceId',
  rrule: 'recurrenceRule',
  transp: 'timeTransparent',
  'x-wr-calname': 'name',
};
const LISTS = new Set(['attachments', 'attendees', 'categories', 'exceptionDates']);

/**
 * A calendar file (RFC 5545) as data: `{ version, prodId, events: [{ uid, start: { date, type }, … }] }`.
 * Dates are ISO instants; one in a named zone also has `local`.
 *
 * @throws {Error} when the text is no calendar.
 */
export function readIcs(text: string): JsonObject {
  const calendar = new ICAL.Component(ICAL.parse(text));
  if (calendar.name !== 'vcalendar') throw new Error('The file is not an iCalendar file');
  const events = calendar.getAllSubcomponents('vevent').map((event) => {
    const alarms = event.getAllSubcomponents('valarm').map(fieldsOf);
    return { ...fieldsOf(event), ...(alarms.length > 0 && { alarms }) };
  });
  return { ...fieldsOf(calendar), events };
}

function fieldsOf(component: ICAL.Component): JsonObject {
  const fields: Record<string, unknown> = {};
  for (const property of component.getAllProperties()) {
    const name = NAMES[property.name] ?? property.name;
    const values = property.getValues().map((value) => plain(value, property));
    const known = fields[name];
    if (LISTS.has(name)) fields[name] = [...(Array.isArray(known) ? known : []), ...values];
    else if (known === undefined) fields[name] = values.length === 1 ? values[0] : values;
  }
  return fields;
}

function plain(value: unknown, property: ICAL.Property): unknown {
  if (value instanceof ICAL.Time) return timeOf(value, property.getFirstParameter('tzid'));
  if (value instanceof ICAL.Recur) return ruleOf(value);
  if (value instanceof ICAL.Duration) return value.toString();
  if (property.name === 'attendee' || property.name === 'organizer')
    return personOf(String(value), property);
  if (property.name === 'geo' && Array.isArray(value)) return { lat: value[0], lon: value[1] };
  return typeof value === 'object' && value !== null ? String(value) : value;
}

function timeOf(time: ICAL.Time, zone: string | undefined): JsonObject {
  const { year, month, day, hour, minute, second, isDate } = time;
  if (isDate) return { date: new Date(Date.UTC(year, month - 1, day)).toISOString(), type: 'DATE' };
  const isUtc = time.zone === ICAL.Timezone.utcTimezone;
  const date = DateTime.fromObject(
    { year, month, day, hour, minute, second },
    { zone: isUtc || !zone ? 'utc' : zone },
  );
  // A zone the file defines itself, by a name nobody else knows.
  if (!date.isValid) return { date: time.toJSDate().toISOString(), type: 'DATE-TIME' };
  return {
    date: date.toUTC().toISO(),
    type: 'DATE-TIME',
    ...(zone && {
      local: {
        date: date.setZone('utc', { keepLocalTime: true }).toISO(),
        timezone: zone,
        tzoffset: date.toFormat('ZZZ'),
      },
    }),
  };
}

function ruleOf(rule: ICAL.Recur): JsonObject {
  const { freq, count, interval, until, parts } = rule;
  const by = Object.entries(parts).map(([name, values]) => [
    name.toLowerCase().replace(/^by(.)/, (_all, first: string) => `by${first.toUpperCase()}`),
    values,
  ]);
  return {
    frequency: freq,
    ...(interval > 1 && { interval }),
    ...(count !== null && { count }),
    ...(until && { until: timeOf(until, undefined) }),
    ...Object.fromEntries(by),
  };
}

function personOf(address: string, property: ICAL.Property): JsonObject {
  const about = ['cn', 'role', 'partstat', 'rsvp'].flatMap((name) => {
    const value = property.getFirstParameter(name);
    return value ? [[name === 'cn' ? 'name' : name, value]] : [];
  });
  return { email: address.replace(/^mailto:/i, ''), ...Object.fromEntries(about) };
}

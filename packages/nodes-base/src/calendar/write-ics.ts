import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@millrace/workflow/items';
import ICAL from 'ical.js';
import type { DateTime } from 'luxon';

export interface CalendarEvent {
  readonly title: string;
  readonly start: DateTime;
  readonly end: DateTime;
  /** Whole days: only the dates count. */
  readonly isAllDay: boolean;
  /** The additional fields of the Convert to File node. */
  readonly fields: JsonObject;
  readonly now: DateTime;
}

/** A calendar file (RFC 5545) with one event. */
export function icsOf({ title, start, end, isAllDay, fields, now }: CalendarEvent): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Millrace//Workflow automation//EN');
  calendar.addPropertyWithValue('method', 'PUBLISH');
  if (fields.calName) calendar.addPropertyWithValue('x-wr-calname', String(fields.calName));

  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', String(fields.uid || randomUUID()));
  event.addPropertyWithValue('dtstamp', timeOf(now, false));
  event.addPropertyWithValue('dtstart', timeOf(start, isAllDay));
  const isOneDay = isAllDay && start.toISODate() === end.toISODate();
  if (!isOneDay) event.addPropertyWithValue('dtend', timeOf(end, isAllDay)); // an end is exclusive
  event.addPropertyWithValue('summary', title);
  for (const name of ['description', 'location', 'url'] as const)
    if (fields[name]) event.addPropertyWithValue(name, String(fields[name]));
  if (fields.status) event.addPropertyWithValue('status', String(fields.status).toUpperCase());
  if (fields.sequence !== undefined)
    event.addPropertyWithValue('sequence', Number(fields.sequence));
  if (fields.busyStatus)
    event.addPropertyWithValue('x-microsoft-cdo-busystatus', String(fields.busyStatus));
  if (fields.recurrenceRule)
    event.addPropertyWithValue('rrule', ICAL.Recur.fromString(ruleText(fields.recurrenceRule)));
  addPlace(event, fields);
  addPeople(event, fields);
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}

const timeOf = (date: DateTime, isDate: boolean): ICAL.Time => {
  const shown = isDate ? date : date.toUTC();
  const { year, month, day, hour, minute, second } = shown;
  return new ICAL.Time(
    isDate ? { year, month, day, isDate } : { year, month, day, hour, minute, second, isDate },
    isDate ? ICAL.Timezone.localTimezone : ICAL.Timezone.utcTimezone,
  );
};

const ruleText = (rule: unknown): string => String(rule).replace(/^RRULE:/i, '');

function addPlace(event: ICAL.Component, fields: JsonObject): void {
  const { lat, lon } = recordAt(fields.geolocationUi, 'geolocationValues');
  if (lat === undefined || lat === '') return;
  const place = new ICAL.Property('geo');
  place.setValue([Number(lat), Number(lon)]);
  event.addProperty(place);
}

function addPeople(event: ICAL.Component, fields: JsonObject): void {
  const organizer = recordAt(fields.organizerUi, 'organizerValues');
  if (organizer.email) event.addProperty(person('organizer', organizer));
  const attendees = rowsAt(fields.attendeesUi, 'attendeeValues');
  for (const attendee of attendees) {
    const property = person('attendee', attendee);
    property.setParameter('rsvp', attendee.rsvp === true ? 'TRUE' : 'FALSE');
    event.addProperty(property);
  }
}

function person(role: 'attendee' | 'organizer', { name, email }: JsonObject): ICAL.Property {
  const property = new ICAL.Property(role);
  if (name) property.setParameter('cn', String(name));
  property.setValue(`mailto:${String(email ?? '')}`);
  return property;
}

const rowsAt = (value: unknown, group: string): readonly JsonObject[] => {
  const rows: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, group) : [];
  return [rows]
    .flat()
    .flatMap((row) => (typeof row === 'object' && row !== null ? [{ ...row }] : []));
};

const recordAt = (value: unknown, group: string): JsonObject => rowsAt(value, group)[0] ?? {};

import { computed, shallowRef, watch } from 'vue';
import { useResource } from '../../../lib/useResource.ts';
import { callMarketing } from '../api/call-marketing.ts';
import { getCalendar } from '../api/calendar.ts';
import { calendarDays, moved, textOf, type CalendarSpan } from './calendar-days.ts';

/** What is planned in a month or a week. */
export function useCalendar() {
  const span = shallowRef<CalendarSpan>('month');
  const anchor = shallowRef(textOf(new Date()));
  const days = computed(() => calendarDays(anchor.value, span.value));

  const { value, load, ...rest } = useResource(async () => {
    const shown = days.value;
    const querystring = {
      from: shown[0]?.day ?? anchor.value,
      to: shown.at(-1)?.day ?? anchor.value,
    };
    return (await callMarketing(getCalendar, { querystring })).data;
  });
  watch(days, load);

  /** Each day's pieces, by the wall clock they were planned on. */
  const slots = computed(() =>
    Map.groupBy(value.value ?? [], (slot) => slot.localTime.slice(0, 10)),
  );
  const channels = computed(() =>
    [...new Set((value.value ?? []).map(({ channel }) => channel))].toSorted(),
  );

  const move = (by: number) => (anchor.value = moved(anchor.value, span.value, by));
  const goToday = () => (anchor.value = textOf(new Date()));
  return {
    span,
    anchor,
    days,
    slots,
    channels,
    move,
    goToday,
    isLoaded: computed(() => value.value !== undefined),
    load,
    ...rest,
  };
}

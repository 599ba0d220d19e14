import { computed, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAttempt } from '../../../lib/useAttempt.ts';
import { useResource } from '../../../lib/useResource.ts';
import { useToastStore } from '../../../ui/index.ts';
import { callMarketing } from '../api/call-marketing.ts';
import { getCalendar, movePlanned, type Slot } from '../api/calendar.ts';
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

  const { t } = useI18n();
  const toasts = useToastStore();
  const attempt = useAttempt();

  /** Moves a piece; the way back is offered. False when the server said no, and why stands in a toast. */
  async function movePiece(slot: Slot, to: { day: string; time: string }): Promise<boolean> {
    const [day = '', time = ''] = slot.localTime.split('T');
    if (day === to.day && time === to.time) return true;
    const answer = await attempt(() =>
      callMarketing(movePlanned, { params: { id: slot.id }, body: to }),
    );
    if (!answer) return false;
    await load();
    toasts.show({
      kind: 'success',
      title: t('marketing.calendar.movedTo', to),
      action: {
        label: t('marketing.calendar.moveBack'),
        run: () => void movePiece({ ...slot, localTime: `${to.day}T${to.time}` }, { day, time }),
      },
    });
    return true;
  }

  const move = (by: number) => (anchor.value = moved(anchor.value, span.value, by));
  const goToday = () => (anchor.value = textOf(new Date()));
  return {
    span,
    anchor,
    days,
    slots,
    channels,
    move,
    movePiece,
    goToday,
    isLoaded: computed(() => value.value !== undefined),
    load,
    ...rest,
  };
}

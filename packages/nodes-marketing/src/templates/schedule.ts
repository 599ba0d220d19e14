import type { Step } from './draw.ts';

/** Every Monday at nine. */
export const weekly: Step = {
  name: 'Every Monday',
  type: 'scheduleTrigger',
  version: 1.2,
  parameters: {
    rule: {
      interval: [{ field: 'weeks', weeksInterval: 1, triggerAtDay: [1], triggerAtHour: 9 }],
    },
  },
};

/** Every day at eight. */
export const daily: Step = {
  name: 'Every day',
  type: 'scheduleTrigger',
  version: 1.2,
  parameters: { rule: { interval: [{ field: 'days', daysInterval: 1, triggerAtHour: 8 }] } },
};

/** Every quarter of an hour. */
export const often: Step = {
  name: 'Every 15 minutes',
  type: 'scheduleTrigger',
  version: 1.2,
  parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 15 }] } },
};

import { expect, test } from 'vitest';
import type { Thread } from '../api/outreach.ts';
import { mailsToCome } from './compose-preview.ts';

const thread: Thread = {
  id: 't1',
  campaign: 'c',
  email: 'ann@example.com',
  name: 'Ann',
  subject: 'For {{ name }}',
  body: 'About {{page}} and {{ other }}',
  variables: { page: 'tea' },
  step: 0,
  followUps: [
    { afterDays: 3, body: 'Again' },
    { afterDays: 7, body: 'Last' },
  ],
  maxFollowUps: 1,
  dueAt: null,
  state: 'queued',
  outcome: null,
  updatedAt: 0,
};

test('mails to come are filled in, and a variable without a value stays in sight', () => {
  expect(mailsToCome(thread)).toEqual([
    { subject: 'For Ann', body: 'About tea and {{ other }}', afterDays: 0 },
    { subject: 'Re: For Ann', body: 'Again', afterDays: 3 },
  ]);
});

test('what was sent already does not come again', () => {
  expect(mailsToCome({ ...thread, step: 1 }).map(({ body }) => body)).toEqual(['Again']);
  expect(mailsToCome({ ...thread, step: 2 })).toEqual([]);
});

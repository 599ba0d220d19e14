import { expect, test } from 'vitest';
import { fakeFiles, textIn } from '../testing/fake-files.ts';
import { itemsOf, runNode } from '../testing/fake-context.ts';

test('makes a calendar file per item', async () => {
  const output = await runNode({
    type: 'iCal',
    parameters: {
      title: 'Meet',
      start: '2024-03-01T10:00:00Z',
      end: '2024-03-01T11:00:00Z',
      additionalFields: {
        uid: 'u',
        attendeesUi: { attendeeValues: [{ name: 'A', email: 'a@x.y', rsvp: true }] },
        fileName: 'm.ics',
      },
    },
    inputs: [itemsOf({})],
    context: { binary: fakeFiles },
  });
  const item = output && !('kind' in output) ? output[0]?.[0] : undefined;
  expect(item?.binary?.data).toMatchObject({ fileName: 'm.ics', mimeType: 'text/calendar' });
  expect(textIn(item)).toContain('UID:u\r\n');
  expect(textIn(item)).toContain('ATTENDEE;CN=A;RSVP=TRUE:mailto:a@x.y\r\n');
});

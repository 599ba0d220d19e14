import { nodesBase } from '@millrace/nodes-base';
import { openFakeImap, openFakeSmtp } from '@millrace/testing/mail';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '../../platform/index.ts';
import { openTestApp, type TestApp } from '../../testing/open-test-app.ts';

let app: TestApp;
let imap: Awaited<ReturnType<typeof openFakeImap>>;
let smtp: Awaited<ReturnType<typeof openFakeSmtp>>;
beforeAll(async () => {
  imap = await openFakeImap();
  smtp = await openFakeSmtp();
  const map = `imap.test=http://127.0.0.1:${imap.port},smtp.test=http://127.0.0.1:${smtp.port}`;
  app = await openTestApp({ packages: [nodesBase], env: { MILLRACE_EGRESS_MAP: map } });
});
afterAll(async () => {
  await app.end();
  await imap.close();
  await smtp.close();
});

const createAccount = (type: 'imap' | 'smtp', name: string) =>
  app.services.credentials.create(SYSTEM, {
    name,
    type,
    data: { user: 'me', password: 'secret', host: `${type}.test` },
  });

const nextEnd = () =>
  new Promise<string>((resolve) => {
    const stop = app.services.runtime.bus.subscribe((event) => {
      if (event.type !== 'execution-finished') return;
      stop();
      resolve(event.status);
    });
  });

test('a published workflow answers the mail that comes in, once', async () => {
  const mailbox = await createAccount('imap', 'Inbox');
  const outgoing = await createAccount('smtp', 'Out');
  const workflow = await app.services.workflows.create(SYSTEM, {
    name: 'Answer',
    nodes: [
      {
        id: '1',
        name: 'Mail',
        type: 'n8n-nodes-base.emailReadImap',
        typeVersion: 2.1,
        position: [0, 0],
        parameters: { format: 'resolved' },
        credentials: { imap: { id: mailbox.id, name: 'Inbox' } },
      },
      {
        id: '2',
        name: 'Reply',
        type: 'n8n-nodes-base.emailSend',
        typeVersion: 2.1,
        position: [200, 0],
        parameters: {
          fromEmail: 'me@example.com',
          toEmail: '={{ $json.from.value[0].address }}',
          subject: '=Re: {{ $json.subject }}',
          emailFormat: 'text',
          text: '=You wrote: {{ $json.text }}',
          options: { inReplyTo: '={{ $json.messageId }}' },
        },
        credentials: { smtp: { id: outgoing.id, name: 'Out' } },
      },
    ],
    connections: { Mail: { main: [[{ node: 'Reply', type: 'main', index: 0 }]] } },
  });
  await app.services.publishing.publish(SYSTEM, workflow.id);
  imap.deliver(
    'From: Ann <ann@example.com>\nSubject: Hi\nMessage-ID: <hi@example.com>\n\nHow are you?\n',
  );

  const ended = nextEnd();
  expect(await app.services.poller.tick()).toBe(1);
  expect(await ended).toBe('success');
  expect(smtp.mails).toMatchObject([{ to: ['ann@example.com'], user: 'me' }]);
  expect(smtp.mails[0]?.source).toContain('Subject: Re: Hi');
  expect(smtp.mails[0]?.source).toContain('In-Reply-To: <hi@example.com>');
  expect([...(imap.mails[0]?.flags ?? [])]).toEqual(['\\Seen']);
  expect(await app.services.poller.tick()).toBe(0);
});

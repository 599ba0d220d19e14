import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chain, effect } from '../faults/flows.ts';
import type { InstanceClient } from '../faults/instance-client.ts';
import { openTestbed, type Instance, type Testbed } from '../faults/testbed.ts';
import { judge } from '../faults/verdict.ts';
import { openFakeSmtp } from '../mail/index.ts';
import { openFakeTikTok, type TikTokStep } from './fake-tiktok.ts';

const LIMIT_MS = 120_000;

interface Account {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** Real processes that are killed while a service holds its answer back. */
async function openBed(map: Readonly<Record<string, string>>) {
  const hosts = Object.entries(map).map(([host, url]) => `${host}=${url}`);
  const bed = await openTestbed({
    mode: 'embedded',
    env: { MILLRACE_EGRESS_MAP: hosts.join(',') },
  });
  const running: { main?: Instance; accepted: number } = { accepted: 0 };
  const client: { current?: InstanceClient } = {};

  return {
    bed,
    async begin(): Promise<InstanceClient> {
      await running.main?.end('SIGTERM');
      running.main = await bed.start('main');
      return (client.current = await bed.signIn(running.main));
    },
    async fire(path: string, body: string | Uint8Array<ArrayBuffer>, type: string) {
      running.accepted++;
      const headers = { 'content-type': type };
      const url = `${running.main?.url}/webhook/${path}`;
      const answer = await fetch(url, { method: 'POST', body, headers });
      expect(answer.status).toBe(200);
    },
    callback: (query: URLSearchParams) =>
      fetch(`${running.main?.url}/api/v1/oauth2/callback?${query}`),
    /** Kills the process as `kill -9` does, starts another, and waits until all runs have ended. */
    async killAndResume() {
      await running.main?.end('SIGKILL');
      running.main = await bed.start('main');
      return judge(bed, running.accepted);
    },
  };
}

const storeAccount = async (client: InstanceClient, { type, data }: Account) => {
  const made = await client.call('POST', '/credentials', { name: type, type, data });
  expect(made.status).toBe(201);
  return { [type]: { id: String(made.body['id']), name: type } };
};

const rowsOf = <T>(bed: Testbed, table: string) => bed.ledger.query<T>(`SELECT * FROM "${table}"`);

describe('Outreach Sender', () => {
  let smtp: Awaited<ReturnType<typeof openFakeSmtp>>;
  let opened: Awaited<ReturnType<typeof openBed>>;
  beforeAll(async () => {
    smtp = await openFakeSmtp();
    opened = await openBed({ 'mail.example.com': `http://127.0.0.1:${smtp.port}` });
  }, LIMIT_MS);
  afterAll(async () => {
    await opened.bed.close();
    smtp.cut();
    await smtp.close();
  });

  test(
    'killed between reservation and answer: the mail is unknown, and not sent again',
    async () => {
      const { bed, begin, fire, killAndResume } = opened;
      const client = await begin();
      const credentials = await storeAccount(client, {
        type: 'smtp',
        data: { user: 'me', password: 'secret', host: 'mail.example.com', port: 465 },
      });
      const parameters = { ...SENDER, to: '={{ $json.body.to }}' };
      const sender = { type: 'millrace-nodes-marketing.outreachSender', parameters };
      await client.publish(chain('mail', [{ ...sender, settings: { credentials } }, effect()]));

      const taken = smtp.hold();
      await fire('mail', JSON.stringify({ to: 'bo@their.example' }), 'application/json');
      await taken;
      expect(await rowsOf(bed, 'marketing_outreach_messages')).toMatchObject([
        { state: 'reserved' },
      ]);
      smtp.release();

      expect(await killAndResume()).toMatchObject({ finished: 1, lost: 0 });
      expect(smtp.mails).toHaveLength(1);
      expect(await rowsOf(bed, 'marketing_outreach_messages')).toMatchObject([
        { state: 'unknown' },
      ]);
      expect(await rowsOf(bed, 'marketing_outreach_threads')).toMatchObject([
        { state: 'paused', step: 0 },
      ]);
    },
    LIMIT_MS,
  );

  test(
    'killed in the middle of three mails: the one in doubt is left, the others go out once',
    async () => {
      const { bed, begin, fire, killAndResume } = opened;
      const client = await begin();
      const credentials = await storeAccount(client, {
        type: 'smtp',
        data: { user: 'me', password: 'secret', host: 'mail.example.com', port: 465 },
      });
      const split = {
        type: 'n8n-nodes-base.splitOut',
        parameters: { fieldToSplitOut: 'body.to', options: { destinationFieldName: 'to' } },
      };
      const parameters = { ...SENDER, to: '={{ $json.to }}' };
      const sender = { type: 'millrace-nodes-marketing.outreachSender', parameters };
      await client.publish(chain('batch', [split, { ...sender, settings: { credentials } }]));
      const before = smtp.mails.length;

      const to = ['a@one.example', 'b@two.example', 'c@three.example'];
      const taken = smtp.hold('b@two.example');
      await fire('batch', JSON.stringify({ to }), 'application/json');
      await taken;
      smtp.release();
      expect(await killAndResume()).toMatchObject({ lost: 0 });

      const arrived = smtp.mails.slice(before).flatMap((mail) => mail.to);
      expect(arrived.toSorted()).toEqual(to);
      const rows = await rowsOf<{ email: string; state: string }>(
        bed,
        'marketing_outreach_messages',
      );
      const states = new Map(rows.map(({ email, state }) => [email, state]));
      expect(to.map((contact) => states.get(contact))).toEqual(['sent', 'unknown', 'sent']);
    },
    LIMIT_MS,
  );
});

describe('TikTok Poster', () => {
  let tiktok: Awaited<ReturnType<typeof openFakeTikTok>>;
  let opened: Awaited<ReturnType<typeof openBed>>;
  beforeAll(async () => {
    tiktok = await openFakeTikTok();
    opened = await openBed({
      'open.tiktokapis.com': tiktok.url,
      'open-upload.tiktokapis.com': tiktok.url,
    });
    const client = await opened.begin();
    const scope = 'user.info.basic,video.upload,video.publish';
    const credentials = await storeAccount(client, {
      type: 'tiktokOAuth2Api',
      data: { clientId: 'key', clientSecret: 'secret', scope },
    });
    const { id } = credentials['tiktokOAuth2Api'] ?? {};
    const connect = await client.call('POST', `/credentials/${id}/oauth2/connect`);
    const agreed = tiktok.agree(String(connect.body['url']));
    const back = await opened.callback(new URLSearchParams(agreed));
    expect(back.status).toBe(200);

    const poster = (parameters: Record<string, unknown>) => ({
      type: 'millrace-nodes-marketing.tiktokPoster',
      parameters: { resource: 'video', operation: 'post', ...parameters },
      settings: { credentials },
    });
    const byUrl = { source: 'url', videoUrl: 'https://verified.example/v.mp4' };
    await client.publish(chain('file', [poster({}), effect()]));
    await client.publish(chain('url', [poster(byUrl), effect()]));
  }, LIMIT_MS);
  afterAll(async () => {
    await opened.bed.close();
    await tiktok.close();
  });

  test.each<[string, TikTokStep, string, string]>([
    ['created', 'init', 'file', 'done'],
    ['initiated', 'upload', 'file', 'done'],
    ['uploaded or processing', 'status', 'file', 'done'],
    ['created, and TikTok fetches', 'init', 'url', 'unknown'],
    ['processing, and TikTok fetches', 'status', 'url', 'done'],
  ])(
    'killed when %s (in %s of a %s): one post, and it ends %s',
    async (_, step, path, state) => {
      const { bed, fire, killAndResume } = opened;
      const before = new Set((await rowsOf<{ id: string }>(bed, TABLE)).map(({ id }) => id));
      const complete = () =>
        [...tiktok.posts.values()].filter(({ received, size }) => received === size).length;
      const completeBefore = complete();

      const reached = tiktok.holdAfter(step);
      await fire(path, new Uint8Array(5000), 'video/mp4');
      await reached;
      expect(await killAndResume()).toMatchObject({ lost: 0, doubles: 0 });

      const rows = await rowsOf<{ id: string; state: string }>(bed, TABLE);
      const made = rows.filter(({ id }) => !before.has(id));
      expect(made).toMatchObject([{ state }]);
      expect(complete() - completeBefore).toBe(1);
    },
    LIMIT_MS,
  );
});

const TABLE = 'marketing_publications';

const SENDER = {
  source: 'items',
  from: 'ann@our.example',
  subject: 'Hi',
  body: 'Hello',
  days: [1, 2, 3, 4, 5, 6, 7],
  windowFrom: '00:00',
  windowTo: '00:00',
};

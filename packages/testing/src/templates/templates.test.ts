import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFakeImap, openFakeSmtp } from '../mail/index.ts';
import { openMarketingApp, type Ended } from './open-marketing-app.ts';

type App = Awaited<ReturnType<typeof openMarketingApp>>;

let app: App;
let smtp: Awaited<ReturnType<typeof openFakeSmtp>>;
let imap: Awaited<ReturnType<typeof openFakeImap>>;
let mailboxes: Readonly<Record<string, { readonly id: string; readonly name: string }>>;

beforeAll(async () => {
  smtp = await openFakeSmtp();
  imap = await openFakeImap();
  app = await openMarketingApp({ MILLRACE_EGRESS_ALLOW: '127.0.0.1' });
  await app.job('/marketing/samples', { scale: 0.05 });
  mailboxes = { smtp: await mailbox('smtp', smtp.port), imap: await mailbox('imap', imap.port) };
}, 120_000);

afterAll(async () => {
  await app.close();
  await smtp.close();
  await imap.close();
});

async function mailbox(type: string, port: number) {
  const name = `Test ${type}`;
  const data = { host: '127.0.0.1', port, user: 'me', password: 'secret', secure: false };
  const { id } = await app.call('POST', '/credentials', { name, type, data });
  return { id: String(id), name };
}

interface TemplateNode {
  readonly name: string;
  readonly type: string;
  readonly parameters: Record<string, unknown>;
  readonly credentials?: Record<string, unknown>;
}

/** The project's draft of a template, with a mailbox chosen as a person would. */
async function use(
  id: string,
  change: (node: TemplateNode) => object = () => ({}),
): Promise<string> {
  const draft = await app.call('POST', `/templates/${id}/use`, {});
  const nodes = draft['nodes'] as readonly TemplateNode[];
  await app.call('PUT', `/workflows/${String(draft['id'])}`, {
    ...draft,
    nodes: nodes.map((node) => ({
      ...node,
      ...(node.credentials && { credentials: mailboxes }),
      ...change(node),
    })),
  });
  return String(draft['id']);
}

/** Runs a template by hand from its trigger. */
async function run(id: string, change?: (node: TemplateNode) => object): Promise<Ended> {
  const workflowId = await use(id, change);
  const { id: executionId } = await app.call('POST', `/workflows/${workflowId}/execute`, {});
  return app.ended(String(executionId));
}

async function publish(id: string): Promise<void> {
  await app.call('POST', `/workflows/${await use(id)}/publish`);
}

test('every template says what it is for and draws a workflow of known nodes', async () => {
  const { data } = await app.call('GET', '/templates');
  const templates = data as readonly { id: string; description: string; nodeTypes: string[] }[];
  const { data: types } = await app.call('GET', '/node-types');
  const known = new Set((types as readonly { name: string }[]).map(({ name }) => name));
  expect(templates.length).toBeGreaterThanOrEqual(16);
  for (const { description, nodeTypes } of templates) {
    expect(description.length).toBeGreaterThan(40);
    expect(nodeTypes.filter((type) => !known.has(type))).toEqual([]);
  }
});

describe('programmes on the sample data', () => {
  test.each([
    ['seo-empire', 'Run SEO'],
    ['trend-content', 'Run content'],
    ['link-building', 'Run links'],
    ['campaign-orchestration', 'Run campaigns'],
  ])('%s runs through all its phases', async (id, node) => {
    const ended = await run(id);
    expect(ended).toMatchObject({ status: 'success' });
    expect(ended.items(node)[0]?.json).toMatchObject({ phase: 'completed' });
  });

  test('master-controller runs all four', async () => {
    const ended = await run('master-controller');
    expect(ended).toMatchObject({ status: 'success' });
    expect(ended.items('Run all').length).toBeGreaterThan(0);
  });

  test('campaign-designer designs with predicted return and its interval', async () => {
    await publish('campaign-designer');
    const answer = await fetch(`${app.url}/webhook/design-campaigns?objective=leads&count=3`);
    expect(answer.status).toBe(200);
    const designs: unknown = await answer.json();
    expect(designs).toHaveLength(3);
    expect(designs).toMatchObject([{ objective: 'leads' }, { objective: 'leads' }, {}]);
  });

  test('budget-rebalance divides the whole budget', async () => {
    const ended = await run('budget-rebalance');
    expect(ended).toMatchObject({ status: 'success' });
    const spends = ended.items('Largest first').map(({ json }) => Number(json['spend']));
    expect(spends.reduce((sum, spend) => sum + spend, 0)).toBeCloseTo(5000, 0);
    expect(spends).toEqual(spends.toSorted((a, b) => b - a));
  });
});

describe('templates on the sample data', () => {
  test('quick-wins-from-export answers an upload with a CSV', async () => {
    await publish('quick-wins-from-export');
    const csv = 'Keyword,Volume,Keyword Difficulty\nmill wheel,900,12\nriver,90000,95\n';
    const page = await fetch(`${app.url}/form/quick-wins`);
    const [, field = ''] = /name="([^"]+)"[^>]*type="file"/.exec(await page.text()) ?? [];
    const upload = new FormData();
    upload.append(field, new Blob([csv], { type: 'text/csv' }), 'export.csv');
    const answer = await fetch(`${app.url}/form/quick-wins`, { method: 'POST', body: upload });
    expect(answer.status).toBe(200);
    const [latest] = (await app.call('GET', '/executions?limit=1'))['data'] as { id: string }[];
    const ended = await app.ended(latest?.id ?? '');
    expect(ended.status).toBe('success');
    expect(ended.items('Rank keywords').map(({ json }) => json['text'])).toEqual(['mill wheel']);
    expect(ended.items('Write CSV')[0]?.binary).toHaveProperty('data');
  });

  test('keyword-scoring-api ranks what it is sent', async () => {
    await publish('keyword-scoring-api');
    const answer = await fetch(`${app.url}/webhook/score-keywords`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        keywords: [
          { keyword: 'hard one', volume: 100, kd: 90 },
          { keyword: 'easy one', volume: 1000, kd: 5 },
        ],
      }),
    });
    const ranked = (await answer.json()) as readonly { text: string; quickWin: boolean }[];
    expect(ranked.map(({ text, quickWin }) => [text, quickWin])).toEqual([
      ['easy one', true],
      ['hard one', false],
    ]);
  });

  test('link-gap-report mails a file of sites', async () => {
    const ended = await run('link-gap-report');
    expect(ended).toMatchObject({ status: 'success' });
    expect(ended.items('Find link gaps').length).toBeGreaterThan(0);
    expect(smtp.mails.at(-1)?.source).toContain('link-gap.csv');
  });

  test('toxic-link-watch keeps toxic links, the worst first', async () => {
    const ended = await run('toxic-link-watch');
    expect(ended.status).toBe('success');
    expect(ended.items('Judge links').length).toBeGreaterThan(50);
    const quality = ended.items('Worst first').map(({ json }) => Number(json['quality']));
    expect(quality).toEqual(quality.toSorted((a, b) => a - b));
  });

  test('trend-alert mails what rises', async () => {
    const ended = await run('trend-alert');
    expect(ended).toMatchObject({ status: 'success' });
    expect(ended.items('Find emerging trends').length).toBeGreaterThan(0);
    expect(smtp.mails.at(-1)?.source).toContain('trends are rising');
  });

  test('trend-keywords finds the nearest searches', async () => {
    await publish('trend-keywords');
    const answer = await fetch(`${app.url}/webhook/trend-keywords?term=coffee%20grinder`);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('grinder');
  });

  test('outreach-queue sends what is due, once', async () => {
    await app.job('/marketing/workflows/links/run');
    const before = smtp.mails.length;
    const always = ({ type, parameters }: TemplateNode) =>
      type.endsWith('.outreachSender')
        ? {
            parameters: {
              ...parameters,
              days: [1, 2, 3, 4, 5, 6, 7],
              windowFrom: '00:00',
              windowTo: '00:00',
            },
          }
        : {};
    const ended = await run('outreach-queue', always);
    expect(ended).toMatchObject({ status: 'success' });
    const sent = smtp.mails.length - before;
    expect(sent).toBeGreaterThan(0);
    await run('outreach-queue', always);
    const addresses = smtp.mails.slice(before).flatMap(({ to }) => to);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('outreach-answers hands a reply to a person and stops the follow-ups', async () => {
    const sent = smtp.mails.at(-1);
    const [, messageId = ''] = /^Message-ID: (<[^>]+>)/im.exec(sent?.source ?? '') ?? [];
    imap.deliver(
      [
        `From: ${sent?.to[0]}`,
        'To: ann@example.com',
        'Subject: Re: your mail',
        'Message-ID: <reply-1@contact.example>',
        `In-Reply-To: ${messageId}`,
        'Date: Fri, 20 Nov 2026 10:00:00 +0000',
        '',
        'Happy to link to it. Which page?',
      ].join('\n'),
    );
    const ended = await run('outreach-answers');
    expect(ended).toMatchObject({ status: 'success' });
    expect(ended.items('Answers')[0]?.json).toMatchObject({ kind: 'reply', email: sent?.to[0] });
    const { data } = await app.call('GET', '/marketing/handoffs');
    expect(JSON.stringify(data)).toContain('Answered an outreach mail');
  });

  test('chat-handoff answers, and calls a person when asked', async () => {
    await publish('chat-handoff');
    const say = async (text: string) => {
      const answer = await fetch(`${app.url}/webhook/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ contact: 'ann@example.com', text }),
      });
      return answer.text();
    };
    expect(await say('Do you ship to Oslo?')).toContain('somebody will take over');
    await say('I want a person');
    const { data } = await app.call('GET', '/marketing/handoffs');
    expect(JSON.stringify(data)).toContain('ann@example.com');
  });
});

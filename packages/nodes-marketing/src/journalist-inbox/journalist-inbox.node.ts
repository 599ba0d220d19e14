import type { Item, JsonObject } from '@millrace/workflow/items';
import {
  defineNode,
  p,
  type ExecuteContext,
  type PollContext,
  type PollOutcome,
} from '@millrace/workflow/node-api';
import { loadProfile } from '../business-profile/load-profile.ts';
import type { IncomingMail } from '../outreach-replies/classify-mail.ts';
import { readMailbox, type MailboxPosition } from '../outreach-replies/imap-mailbox.ts';
import { journalistInboxIcon } from './journalist-inbox.icon.ts';
import { createRanker, type Relevance } from './new-queries.ts';
import { parseDigest, type ParsedQuery } from './parse-digest.ts';
import { readHtml, sentAt } from './read-mail.ts';
import { isFromService } from './services.ts';
import { storeQueries, type ReceivedQuery } from './store-queries.ts';

/** More mails than this wait for the next look, which then comes at once. */
const BATCH = 50;
/** So far back the first look goes: older queries are over. */
const FIRST_DAYS = 3;
const HOUR_MS = 3_600_000;

/** Reads the digests of journalists' queries in a mailbox, and starts the workflow with the new ones. */
export default defineNode({
  name: 'millrace-nodes-marketing.journalistInbox',
  label: 'Journalist Inbox',
  description:
    'Finds queries of journalists in digest mails such as HARO’s, the most fitting first',
  version: 1,
  group: ['trigger'],
  icon: journalistInboxIcon,
  inputs: [],
  codex: {
    categories: ['Marketing', 'Outreach'],
    alias: ['haro', 'qwoted', 'sourcebottle', 'source of sources', 'featured', 'pr', 'imap'],
  },
  credentials: [{ name: 'imap', required: true }],
  extra: { polling: true },
  params: {
    folder: p.string({ label: 'Folder', default: 'INBOX' }),
    everyMinutes: p.number({ label: 'Look Every (Minutes)', default: 10, min: 1, max: 59 }),
    senders: p.string({
      label: 'Senders',
      default: '',
      placeholder: 'helpareporter.com, qwoted.com',
      hint: 'Domains or addresses digests come from; left empty, the known services',
    }),
    experts: p.text({
      label: 'Your Experts',
      default: '',
      placeholder: 'Ann: coffee roasting, espresso machines',
      hint: 'One a line, with what each can speak about; left empty, the stored keywords',
    }),
    minRelevance: p.number({
      label: 'Least Relevance',
      default: 0,
      min: 0,
      max: 1,
      hint: '.5 leaves out what only touches your subjects; all are stored',
    }),
    zone: p.string({
      label: 'Time Zone',
      default: 'America/New_York',
      hint: 'Of deadlines that name none',
    }),
  },
  pollRules: ({ everyMinutes }) => [{ cron: `*/${Number(everyMinutes) || 10} * * * *` }],
  async poll(context): Promise<PollOutcome> {
    const { items, position, hasMore } = await readQueries(context, positionIn(context.cursor));
    return { outputs: [items], cursor: { ...position }, hasMore };
  },
  async execute(context) {
    const { items } = await readQueries(context, undefined);
    return [items];
  },
});

type Context = PollContext | ExecuteContext;

async function readQueries(
  context: Context,
  after: MailboxPosition | undefined,
): Promise<{ items: Item[]; position: MailboxPosition; hasMore: boolean }> {
  const { tables, hosts, signal } = context;
  const now = context.now();
  const { mails, position, hasMore } = await readMailbox(await context.credential('imap'), hosts, {
    folder: textParam(context, 'folder', 'INBOX'),
    after,
    since: new Date(now - FIRST_DAYS * 24 * HOUR_MS),
    most: BATCH,
    signal,
  });
  const senders = textParam(context, 'senders', '');
  const rank = await rankerOf(context);
  const received: ReceivedQuery[] = [];
  for (const mail of mails)
    if (isFromService(mail.from, senders)) received.push(...(await queriesIn(context, mail, rank)));
  const fresh = await storeQueries(tables, received, now);
  const least = Number(context.param('minRelevance', 0, { fallback: 0 })) || 0;
  const items = fresh
    .filter(({ deadline, relevance }) => (deadline ?? Infinity) > now && relevance >= least)
    .toSorted(
      (a, b) => b.relevance - a.relevance || (a.deadline ?? Infinity) - (b.deadline ?? Infinity),
    )
    .map((query) => itemOf(query, now));
  return { items, position, hasMore };
}

async function queriesIn(
  context: Context,
  mail: IncomingMail,
  rank: (query: ParsedQuery) => Relevance,
): Promise<ReceivedQuery[]> {
  const receivedAt = sentAt(mail, context.now());
  const { queries, problems } = parseDigest({
    text: mail.text,
    html: await readHtml(mail),
    receivedAt,
    zone: textParam(context, 'zone', 'America/New_York'),
  });
  if (problems.length > 0 || queries.length === 0)
    context.logger.warn(
      `${queries.length} queries were read in the mail "${mail.subject}" of ${mail.from}`,
      { problems: problems.slice(0, 20) },
    );
  return queries.map((query) => ({ ...query, ...rank(query), receivedAt }));
}

async function rankerOf(context: Context): Promise<(query: ParsedQuery) => Relevance> {
  const experts = textParam(context, 'experts', '')
    .split('\n')
    .flatMap((line) => line.trim() || []);
  if (experts.length > 0) return createRanker(experts);
  const profile = await loadProfile(context.tables);
  return ({ summary, query }) => {
    const relevance = profile.coverage(`${summary} ${query}`);
    const share = Math.round(100 * relevance);
    return {
      relevance,
      expert: null,
      explain: `${share} % of the nearest stored keyword is in it`,
    };
  };
}

const itemOf = ({ deadline, receivedAt, ...query }: ReceivedQuery, now: number): Item => ({
  json: {
    ...query,
    doubts: [...query.doubts],
    deadline: deadline === null ? null : new Date(deadline).toISOString(),
    hoursLeft: deadline === null ? null : (deadline - now) / HOUR_MS,
    receivedAt: new Date(receivedAt).toISOString(),
  },
});

const textParam = (context: Context, name: string, fallback: string): string =>
  String(context.param(name, 0, { fallback })) || fallback;

const positionIn = (cursor: JsonObject | null): MailboxPosition | undefined =>
  cursor === null
    ? undefined
    : { uidValidity: String(cursor['uidValidity']), lastUid: Number(cursor['lastUid']) || 0 };

import { figure, type Run } from './first-go.ts';
import type { Outreach, SentMail } from './outreach.ts';
import type { ExportedRow, Shop } from './shop.ts';
import { atLeast, atMost, exactly, type ShowLine } from './show-line.ts';

const MAILS_A_DAY = 50;
const OVER = ['replied', 'bounced', 'unsubscribed', 'won', 'ended'];

/**
 * What the outreach came to, by what the mail server got and what the tables say.
 *
 * @param learned - The run of the links programme after all of it.
 */
export async function outreachLines(
  shop: Shop,
  { cast, opened, sent, stoppedAfter }: Outreach,
  learned: Run,
): Promise<ShowLine[]> {
  // The run that learned has opened further threads, of which nothing has gone out yet.
  const threads = (await shop.table('outreach_threads')).filter(({ state }) => state !== 'queued');
  const messages = await shop.table('outreach_messages');
  const out = messages.filter(
    ({ direction, state, campaign }) =>
      direction === 'out' && state === 'sent' && !isPress(campaign),
  );
  const arrived = (kind: string) => messages.filter((row) => row['kind'] === kind).length;
  const stateOf = new Map(threads.map(({ email = '', state = '' }) => [email, state]));
  const are = (state: string, ...contacts: readonly string[]) =>
    contacts.filter((contact) => stateOf.get(contact) === state).length;
  const { repliesAtOnce, repliesLate, linking, asksToStop, clicksToStop, complains } = cast;
  const replies = [...repliesAtOnce, ...repliesLate];
  const silent = threads.filter(({ state, campaign }) => state === 'ended' && !isPress(campaign));
  return [
    atLeast('outreach campaigns carried out to their end', 10, campaignsOver(threads)),
    exactly('first mails, to all but who does not exist', opened - 1, ofStep(out, 0)),
    exactly('greylisted on the first day, taken on the next', 1, mailsOn(sent, cast.greylisted, 1)),
    exactly('follow-ups to the silent', owed(silent), followUps(out, silent)),
    exactly('replies found in the mailbox', replies.length, arrived('reply')),
    exactly(
      'their talks wait for a person, or are won',
      replies.length,
      are('replied', ...replies) + are('won', ...replies),
    ),
    exactly('automatic answers and delays, which stop nothing', 2, arrived('autoReply')),
    exactly(
      'no such user, at once and by report',
      2,
      are('bounced', cast.unknownUser, cast.hardBounce),
    ),
    exactly(
      'to be left alone: by mail, click and complaint',
      3,
      are('unsubscribed', asksToStop, clicksToStop, complains),
    ),
    exactly('mails after an answer, a bounce or such a wish', 0, mailsAfter(sent, stoppedAfter)),
    exactly(
      'mails sent twice',
      0,
      sent.length - new Set(sent.map(({ messageId }) => messageId)).size,
    ),
    atMost('mails on one day', MAILS_A_DAY, mostOnOneDay(sent)),
    exactly('links won, known from the next export', linking.length, figure(learned, 'linksWon')),
    exactly('their talks are won', linking.length, are('won', ...linking)),
  ];
}

const isPress = (campaign = ''): boolean => campaign.startsWith('Journalists');

/** Campaigns all of whose threads are over, and that sent something. */
function campaignsOver(threads: readonly ExportedRow[]): number {
  const campaigns = Map.groupBy(threads, ({ campaign = '' }) => campaign);
  return [...campaigns.values()].filter(
    (own) =>
      own.every(({ state = '' }) => OVER.includes(state)) &&
      own.some(({ step }) => Number(step) > 0),
  ).length;
}

const ofStep = (out: readonly ExportedRow[], wanted: number): number =>
  out.filter(({ step }) => Number(step) === wanted).length;

const mailsOn = (sent: readonly SentMail[], contact: string, wanted: number): number =>
  sent.filter(({ to, day }) => to === contact && day === wanted).length;

/** Follow-ups the threads were opened with. */
const owed = (threads: readonly ExportedRow[]): number =>
  threads.reduce((sum, row) => {
    const list: unknown = JSON.parse(row['followUps'] || '[]');
    return sum + (Array.isArray(list) ? list.length : 0);
  }, 0);

function followUps(out: readonly ExportedRow[], threads: readonly ExportedRow[]): number {
  const ids = new Set(threads.map(({ id }) => id));
  return out.filter(({ step, threadId }) => Number(step) > 0 && ids.has(threadId)).length;
}

const mailsAfter = (sent: readonly SentMail[], stoppedAfter: Outreach['stoppedAfter']): number =>
  [...stoppedAfter].reduce(
    (sum, [contact, before]) => sum + sent.filter(({ to }) => to === contact).length - before,
    0,
  );

const mostOnOneDay = (sent: readonly SentMail[]): number =>
  Math.max(...[...Map.groupBy(sent, ({ day }) => day).values()].map((day) => day.length));

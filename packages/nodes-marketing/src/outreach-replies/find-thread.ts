import type { Tables } from '@millrace/workflow/node-api';
import { outreachMessages, outreachThreads, type OutreachThread } from '../tables/outreach.ts';
import type { IncomingMail, MailKind } from './classify-mail.ts';

export interface FoundThread {
  readonly thread: OutreachThread;
  /** Our mail it answers, when it says. */
  readonly answers: string | undefined;
}

/**
 * The thread a mail belongs to: by what it answers, then by the token in the address or the subject,
 * and for a bounce by the contact it could not reach.
 */
export async function findThread(
  tables: Tables,
  mail: IncomingMail,
  kind: MailKind,
): Promise<FoundThread | undefined> {
  const threads = tables.open(outreachThreads);
  const ids = answeredIds(mail, kind);
  const ours =
    ids.length === 0
      ? []
      : await tables.open(outreachMessages).find({
          where: { direction: 'out', messageId: { in: ids } },
          columns: ['threadId', 'messageId'],
          orderBy: { step: 'desc' },
          limit: 1,
        });
  const [answered] = ours;
  if (answered) {
    const thread = await threads.findOne({ id: answered.threadId });
    return thread && { thread, answers: answered.messageId };
  }
  const byToken = await threadOfToken(tables, mail);
  if (byToken) return { thread: byToken, answers: undefined };
  if (kind.kind !== 'bounce' || !kind.recipient) return undefined;
  const [latest] = await threads.find({
    where: { email: kind.recipient },
    orderBy: { updatedAt: 'desc' },
    limit: 1,
  });
  return latest && { thread: latest, answers: undefined };
}

/** Machines quote our mail in a part of their own; people's programs name it in the header. */
function answeredIds({ headers, source, messageId }: IncomingMail, { kind }: MailKind): string[] {
  const named = `${headers.get('in-reply-to') ?? ''} ${headers.get('references') ?? ''}`;
  const quoted =
    kind === 'bounce' || kind === 'complaint'
      ? [...source.matchAll(/^Message-ID:\s*(<[^<>\s]+>)/gim)].map(([, id = '']) => id)
      : [];
  const ids = [...(named.match(/<[^<>\s]+>/g) ?? []), ...quoted];
  return [...new Set(ids)].filter((id) => id !== messageId).slice(-100);
}

async function threadOfToken(
  tables: Tables,
  { headers, subject }: IncomingMail,
): Promise<OutreachThread | undefined> {
  const addressed = ['to', 'delivered-to', 'x-original-to', 'cc']
    .map((name) => headers.get(name) ?? '')
    .join(' ');
  const token =
    /\+([0-9a-f]{24})@/i.exec(addressed)?.[1] ?? /\b([0-9a-f]{24})\b/i.exec(subject)?.[1];
  if (token === undefined) return undefined;
  return tables.open(outreachThreads).findOne({ token: token.toLowerCase() });
}

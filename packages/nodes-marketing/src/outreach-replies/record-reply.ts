import type { Tables } from '@millrace/workflow/node-api';
import { confirmSent } from '../outreach-sender/interrupted.ts';
import { suppress } from '../outreach-unsubscribe/suppress.ts';
import { outreachMessages, outreachThreads } from '../tables/outreach.ts';
import type { IncomingMail, MailKind } from './classify-mail.ts';
import type { FoundThread } from './find-thread.ts';

/**
 * Writes an answer down and stops what must not follow it. May be done again: the mail is known by its
 * Message-ID. Automatic answers and soft bounces stop nothing.
 */
export async function recordReply(
  tables: Tables,
  { thread, answers }: FoundThread,
  {
    mail,
    kind,
    now,
  }: { readonly mail: IncomingMail; readonly kind: MailKind; readonly now: number },
): Promise<void> {
  if (answers !== undefined && kind.kind !== 'bounce')
    await confirmSent(tables, { threadId: thread.id, messageId: answers, now });
  await tables.transaction(async (inside) => {
    await inside.open(outreachMessages).insertMany(
      [
        {
          threadId: thread.id,
          direction: 'in',
          step: thread.step,
          messageId: mail.messageId,
          inReplyTo: answers ?? null,
          subject: mail.subject,
          text: mail.text,
          state: 'received',
          kind: storedKind(kind),
          error: kind.kind === 'bounce' ? kind.reason : null,
          at: now,
          email: thread.email,
          campaign: thread.campaign,
        },
      ],
      { onConflict: 'skip' },
    );
    if (kind.kind === 'reply')
      await inside
        .open(outreachThreads)
        .update(
          { id: thread.id, state: { in: ['queued', 'waiting', 'paused'] } },
          { state: 'replied', dueAt: null, outcome: 'Answered' },
        );
    else if (kind.kind === 'unsubscribe') await suppress(inside, thread.email, 'unsubscribed');
    else if (kind.kind === 'complaint') await suppress(inside, thread.email, 'complained');
    else if (kind.kind === 'bounce' && kind.isHard) await suppress(inside, thread.email, 'bounced');
  });
}

/** A soft bounce is an automatic answer to who counts bounces: the contact is there. */
function storedKind(kind: MailKind): 'reply' | 'autoReply' | 'unsubscribe' | 'bounce' {
  if (kind.kind === 'bounce') return kind.isHard ? 'bounce' : 'autoReply';
  return kind.kind === 'complaint' ? 'unsubscribe' : kind.kind;
}

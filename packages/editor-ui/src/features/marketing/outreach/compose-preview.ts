import type { Thread } from '../api/outreach.ts';

/** A mail as it would go out. */
export interface Preview {
  readonly subject: string;
  readonly body: string;
  /** Days after the first mail; 0 for the first. */
  readonly afterDays: number;
}

/** The mails of a thread that are still to go out. A variable without a value stays in sight. */
export function mailsToCome(thread: Thread): Preview[] {
  const { subject, body, step, followUps, maxFollowUps, variables, email, name, campaign } = thread;
  const values: Readonly<Record<string, string | undefined>> = {
    ...variables,
    email,
    campaign,
    ...(name && { name }),
  };
  const fill = (text: string) =>
    text.replace(/\{\{\s*(\w+)\s*\}\}/g, (hole, word: string) => values[word] ?? hole);
  const all = [
    { subject, body, afterDays: 0 },
    ...(followUps ?? [])
      .slice(0, maxFollowUps)
      .map((each) => ({ subject: `Re: ${subject}`, body: each.body, afterDays: each.afterDays })),
  ];
  return all
    .slice(step)
    .map((mail) => ({ ...mail, subject: fill(mail.subject), body: fill(mail.body) }));
}

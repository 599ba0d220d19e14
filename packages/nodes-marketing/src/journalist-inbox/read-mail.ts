import type { IncomingMail } from '../outreach-replies/classify-mail.ts';

const DAY_MS = 86_400_000;

/** The HTML of a mail; empty when it has none. */
export async function readHtml({ source }: IncomingMail): Promise<string> {
  if (!/content-type:\s*text\/html/i.test(source)) return '';
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(Buffer.from(source, 'latin1'));
  return mail.html ?? '';
}

/** When a mail says it was sent; `now` where it says nothing that can be, such as a day to come. */
export function sentAt({ headers }: IncomingMail, now: number): number {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isFinite(at) && at <= now + DAY_MS ? at : now;
}

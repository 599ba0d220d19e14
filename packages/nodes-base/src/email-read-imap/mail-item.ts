import type { BinaryData, Item, JsonObject } from '@millrace/workflow/items';
import type { BinaryPort } from '@millrace/workflow/ports';
import type { Address, Email } from 'postal-mime';

export interface MailSettings {
  readonly format: 'simple' | 'resolved' | 'raw';
  readonly downloadsAttachments: boolean;
  /** Attachments become binary fields of this name with a number. */
  readonly prefix: string;
}

/** The item of one mail. `simple` has texts and headers, `resolved` everything parsed, `raw` the source in base64. */
export async function mailItem(
  { uid, source }: { readonly uid: number; readonly source: Uint8Array },
  { format, downloadsAttachments, prefix }: MailSettings,
  binary: BinaryPort,
): Promise<Item> {
  const attributes = { uid };
  if (format === 'raw')
    return { json: { raw: Buffer.from(source).toString('base64'), attributes } };
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(source);
  const keeps = downloadsAttachments || format === 'resolved';
  const files = keeps ? await attachmentsOf(mail, prefix, binary) : {};
  const json = format === 'simple' ? simple(mail) : resolved(mail);
  return {
    json: { ...json, attributes },
    ...(Object.keys(files).length > 0 && { binary: files }),
  };
}

function simple(mail: Email): JsonObject {
  return {
    textHtml: mail.html ?? '',
    textPlain: mail.text ?? '',
    metadata: headersOf(mail),
    from: written(mail.from ? [mail.from] : []),
    to: written(mail.to ?? []),
    ...(mail.cc?.length && { cc: written(mail.cc) }),
    subject: mail.subject ?? '',
    date: mail.date ?? null,
  };
}

function resolved(mail: Email): JsonObject {
  const people = (list: readonly Address[]) => ({
    value: list.flatMap((each) => (each.group ? each.group : [each])),
    text: written(list),
  });
  return {
    subject: mail.subject ?? '',
    from: people(mail.from ? [mail.from] : []),
    to: people(mail.to ?? []),
    ...(mail.cc?.length && { cc: people(mail.cc) }),
    ...(mail.replyTo?.length && { replyTo: people(mail.replyTo) }),
    date: mail.date ?? null,
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    references: mail.references ?? null,
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: headersOf(mail),
  };
}

/** By lower-case name; a name that is there more than once has a list. */
function headersOf({ headers }: Email): JsonObject {
  const found = new Map<string, string | string[]>();
  for (const { key, value } of headers) {
    const before = found.get(key);
    found.set(key, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(found);
}

const written = (list: readonly Address[]): string =>
  list
    .flatMap((each) => (each.group ? each.group : [each]))
    .map(({ name, address }) => (name ? `${name} <${address}>` : address))
    .join(', ');

async function attachmentsOf(
  { attachments }: Email,
  prefix: string,
  binary: BinaryPort,
): Promise<Record<string, BinaryData>> {
  const stored = await Promise.all(
    attachments.map(async ({ content, mimeType, filename }, index) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
      const about = { mimeType, ...(filename !== null && { fileName: filename }) };
      return [`${prefix}${index}`, await binary.put(bytes, about)] as const;
    }),
  );
  return Object.fromEntries(stored);
}

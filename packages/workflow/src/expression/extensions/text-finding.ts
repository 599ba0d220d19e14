const EMAIL =
  /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u;
const URL_TEXT = /(?:https?:\/\/|www\.)[^\s<>"'`]{1,4000}/i;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** The first email address in a text. */
export const extractEmail = (text: string): string | undefined => EMAIL.exec(text)?.[0];

/** The first URL in a text. */
export const extractUrl = (text: string): string | undefined => URL_TEXT.exec(text)?.[0];

/** The host name of the first email address, URL or bare domain in a text. */
export function extractDomain(text: string): string | undefined {
  const email = extractEmail(text);
  if (email !== undefined && !URL_TEXT.test(text)) return email.slice(email.indexOf('@') + 1);
  const found = extractUrl(text) ?? text.trim();
  const host = readUrl(found)?.hostname ?? readUrl(`http://${found}`)?.hostname;
  return host !== undefined && (isDomain(host) || isAddress(host)) ? host : undefined;
}

export function extractUrlPath(text: string): string | undefined {
  return readUrl(extractUrl(text) ?? text)?.pathname;
}

const isAddress = (host: string) => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(host);

function readUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

export function isDomain(text: string): boolean {
  const labels = text.split('.');
  if (text.length > 253 || labels.length < 2) return false;
  return (
    labels.every((label) => LABEL.test(label)) &&
    /^(?:\p{L}{2,63}|xn--[a-z0-9-]{1,59})$/iu.test(labels.at(-1) ?? '')
  );
}

export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  return (
    at > 0 && text.length <= 320 && EMAIL.exec(text)?.[0] === text && isDomain(text.slice(at + 1))
  );
}

/** Whether it is an absolute http or https URL. */
export function isUrl(text: string): boolean {
  const url = readUrl(text);
  return (
    url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:') && !/\s/.test(text)
  );
}

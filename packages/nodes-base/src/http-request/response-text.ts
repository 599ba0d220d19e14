import type { HttpResponse, ResponseHead } from '@millrace/workflow/ports';

/** The media type, lower case and without parameters; empty when none is given. */
export function mediaTypeOf({ headers }: ResponseHead): string {
  return headerText(headers['content-type']).split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The body as text, in the charset the response names. */
export function textOf({ headers, body }: HttpResponse): string {
  const charset = /charset="?([^";\s]+)/i.exec(headerText(headers['content-type']))?.[1];
  return decoderFor(charset).decode(body);
}

export const headerText = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.[0] ?? '');

function decoderFor(charset = 'utf-8') {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder(); // an unknown charset: UTF-8 is the best guess
  }
}

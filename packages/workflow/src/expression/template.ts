/** A stretch of literal text, or the code between one pair of braces. Offsets are into the body. */
export interface Chunk {
  readonly kind: 'text' | 'code';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Whether a parameter's value is an expression: a string that starts with `=`. */
export const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');

/**
 * Splits the body of an expression (without its `=`) into text and code.
 *
 * The first `}}` closes a chunk, wherever it stands; `\}}` inside code means `}}`, and `\{{` opens
 * nothing. Code left open reaches to the end (n8n-facts B1).
 */
export function splitTemplate(body: string): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  while (at < body.length) {
    const open = findUnescaped(body, '{{', at);
    if (open < 0) break;
    if (open > at) chunks.push({ kind: 'text', text: body.slice(at, open), from: at, to: open });
    const close = findUnescaped(body, '}}', open + 2);
    const end = close < 0 ? body.length : close;
    const code = body.slice(open + 2, end).replaceAll('\\}}', '}}');
    if (close < 0 && code.trim() === '') return chunks;
    chunks.push({ kind: 'code', text: code, from: open + 2, to: end });
    at = close < 0 ? end : close + 2;
  }
  if (at < body.length)
    chunks.push({ kind: 'text', text: body.slice(at), from: at, to: body.length });
  return chunks;
}

function findUnescaped(body: string, mark: string, from: number): number {
  let at = body.indexOf(mark, from);
  while (at > 0 && body[at - 1] === '\\') at = body.indexOf(mark, at + 1);
  return at;
}

import { stripTypeScriptTypes } from 'node:module';

import { CodeError } from '@millrace/workflow/errors';
import type { CodeRequest } from '@millrace/workflow/ports';

const OPEN = 'async()=>{';

/** The body as JavaScript, every line where it was. @throws {CodeError} for TypeScript that does not parse. */
export function scriptOf({ language, source }: Pick<CodeRequest, 'language' | 'source'>): string {
  if (language === 'javaScript') return source;
  try {
    // Stripping puts blanks in place of types, so the wrapper can be cut off again by length.
    const stripped = stripTypeScriptTypes(`${OPEN}${source}\n}`);
    return stripped.slice(OPEN.length, -'\n}'.length);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CodeError(message, { reason: 'threw', thrown: 'SyntaxError' }, { cause: error });
  }
}

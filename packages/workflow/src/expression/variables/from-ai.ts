import type { Context } from '../context.ts';
import { getMember } from '../capabilities/members.ts';
import { refuseName } from '../capabilities/names.ts';
import { ExpressionError } from '../expression.errors.ts';
import { lend } from '../scope-data.ts';
import { isRecord, native } from '../values.ts';
import { currentItem } from './node-data.ts';

/** `$fromAI(key, description?, type?, default?)`: what the model passed to this tool. */
export const FROM_AI = native('$fromAI', (context, _, [key, , , fallback]) => {
  if (typeof key !== 'string' || key === '') {
    throw new ExpressionError("Add a key, e.g. $fromAI('placeholder_name')");
  }
  if (!/^[a-zA-Z0-9_-]{0,64}$/.test(key)) {
    throw new ExpressionError(
      'Invalid parameter key, must be between 1 and 64 characters long and only contain lowercase letters, uppercase letters, numbers, underscores, and hyphens',
    );
  }
  refuseName(key);
  return argumentOf(context, key) ?? fallback;
});

function argumentOf(context: Context, key: string): unknown {
  const json = lend<unknown>(context, currentItem(context.scope, context.itemIndex).json);
  const query = getMember(context, json, 'query');
  const value = isRecord(query) ? getMember(context, query, key) : undefined;
  return value ?? getMember(context, json, key);
}

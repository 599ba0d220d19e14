import jmespath from 'jmespath';
import { toText } from '../capabilities/coerce.ts';
import { refuseName } from '../capabilities/names.ts';
import { ExpressionError } from '../expression.errors.ts';
import { isObject, native } from '../values.ts';
import { toPlainData } from '../result.ts';

/** Longest query: the library's parser recurses. */
const MAX_QUERY = 4000;

/** `$jmespath(data, query)`. */
export const JMESPATH = native('$jmespath', (context, _, [data, query]) => {
  if (!isObject(data) || typeof query !== 'string') {
    throw new ExpressionError('expected two arguments (Object, string) for this function');
  }
  context.reserveText(query.length > MAX_QUERY ? Infinity : query.length);
  for (const [name] of toText(context, query).matchAll(/\w+/g)) refuseName(name);
  const plain = toPlainData(context, data);
  context.spend(1000);
  const found: unknown = jmespath.search(plain, query);
  return found;
});

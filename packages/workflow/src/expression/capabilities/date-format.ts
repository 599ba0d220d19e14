import { typeError } from '../values.ts';

const MAX_FORMAT = 200;

/**
 * A format to read dates by. Luxon makes a host regular expression of it: each part may stand once, so
 * that no format can make matching slow.
 */
export function safeDateFormat(format: string): string {
  const parts = format.replace(/'[^']*'/g, ' ').match(/([A-Za-z])\1*/g) ?? [];
  const letters = new Set(parts.map((part) => part.charAt(0)));
  if (format.length > MAX_FORMAT || letters.size < parts.length) {
    throw typeError('A date format takes each part once');
  }
  return format;
}

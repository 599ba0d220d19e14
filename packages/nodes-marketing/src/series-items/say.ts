/** A number as people read it: three digits that count, thousands apart. */
export const say = (value: number): string =>
  new Intl.NumberFormat('en', {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 21 : 3,
    maximumFractionDigits: 0,
    roundingPriority: Math.abs(value) >= 1000 ? 'lessPrecision' : 'auto',
  }).format(value);

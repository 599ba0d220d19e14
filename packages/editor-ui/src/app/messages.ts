import type { Locale, Messages } from '../lib/i18n.ts';
import de from './messages/de.json';
import en from './messages/en.json';

/** Each feature may bring `messages/en.ts` and `messages/de.ts`, both exporting `messages`. */
const featureMessages = import.meta.glob<Messages>('../features/*/messages/*.ts', {
  eager: true,
  import: 'messages',
});

/** All texts of the editor, by language. */
export const messages: Readonly<Record<Locale, Messages>> = {
  en: { ...en, ...ofFeatures('en') },
  de: { ...de, ...ofFeatures('de') },
};

function ofFeatures(locale: Locale): Messages {
  const files = Object.entries(featureMessages).filter(([path]) => path.endsWith(`/${locale}.ts`));
  return Object.assign({}, ...files.map(([, texts]) => texts));
}

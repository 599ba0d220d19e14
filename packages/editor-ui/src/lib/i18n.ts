import { createI18n } from 'vue-i18n';

/** Texts of one language, nested by feature. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

export const locales = ['en', 'de'] as const;
export type Locale = (typeof locales)[number];

const storageKey = 'millrace.locale';

/** vue-i18n over these texts. English stands in for what is missing. */
export function createEditorI18n(messages: Readonly<Record<Locale, Messages>>, locale: Locale) {
  return createI18n({
    legacy: false,
    locale,
    fallbackLocale: 'en',
    missingWarn: false,
    fallbackWarn: false,
    messages: { en: { ...messages.en }, de: { ...messages.de } },
  });
}

/** The language chosen last on this machine, else the browser's, else English. */
export function preferredLocale(): Locale {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages];
  for (const tag of wanted) {
    const found = locales.find((locale) => tag?.toLowerCase().startsWith(locale));
    if (found) return found;
  }
  return 'en';
}

/** Remembers the choice, and tells the browser which language the page is in. */
export function rememberLocale(locale: Locale) {
  localStorage.setItem(storageKey, locale);
  document.documentElement.lang = locale;
}

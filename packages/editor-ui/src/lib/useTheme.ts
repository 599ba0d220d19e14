import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

export type Theme = 'system' | 'light' | 'dark';

const storageKey = 'millrace.theme';

/** Light, dark, or as the system has it. `public/theme.js` sets it again before the next first paint. */
export const useTheme = defineStore('theme', () => {
  const theme = shallowRef<Theme>(stored());

  function choose(next: Theme) {
    theme.value = next;
    if (next === 'system') {
      localStorage.removeItem(storageKey);
      delete document.documentElement.dataset['theme'];
    } else {
      localStorage.setItem(storageKey, next);
      document.documentElement.dataset['theme'] = next;
    }
  }

  return { theme, choose };
});

function stored(): Theme {
  const value = localStorage.getItem(storageKey);
  return value === 'light' || value === 'dark' ? value : 'system';
}

import type { ChartColours } from './chart.types.ts';

/** Reads the tokens as they are now at `host`: a canvas knows no CSS variables. */
export function readColours(host: HTMLElement): ChartColours {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const tones = new Map(
    ['teal', 'blue', 'amber', 'violet', 'green', 'slate', 'muted'].map((tone) => [
      tone,
      read(`chart-${tone}`),
    ]),
  );
  for (const tone of ['success', 'failed', 'waiting']) tones.set(tone, read(`status-${tone}`));
  const fallback = read('chart-teal');
  const colours: ChartColours = {
    text: read('text'),
    faint: read('text-faint'),
    border: read('border'),
    surface: read('surface'),
    font: getComputedStyle(host).fontFamily,
    tone: (tone) => tones.get(tone) ?? fallback,
  };
  probe.remove();
  return colours;
}

/** Calls `changed` when the page turns light or dark. Returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}

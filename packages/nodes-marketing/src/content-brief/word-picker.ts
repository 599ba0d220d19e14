import { createRandom } from '../stats/math/random.ts';

type Words = Readonly<Record<string, string>>;

/**
 * Takes one of several forms after the other and fills it in. The same subject takes the same ones,
 * another subject others.
 */
export function wordPicker(subject: string): (forms: readonly string[], words: Words) => string {
  const random = createRandom(seedOf(subject));
  return (forms, words) => {
    const form = forms[random.below(forms.length)] ?? '';
    return form.replaceAll(/\{(\w+)\}/g, (hole, name: string) => words[name] ?? hole);
  };
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

import { onScopeDispose } from 'vue';

export interface ClipboardHands {
  readonly isActive: () => boolean;
  readonly selected: () => readonly string[];
  readonly copy: (names: readonly string[]) => string;
  readonly remove: (names: readonly string[]) => void;
  readonly paste: (text: string) => void;
}

/** Copy, cut and paste of nodes as text, by the page's own events: no permission is asked. */
export function useClipboard({ isActive, selected, copy, remove, paste }: ClipboardHands) {
  const isOurs = (event: ClipboardEvent) => isActive() && !isInText(event.target);

  function onCopy(event: ClipboardEvent) {
    const names = selected();
    if (!isOurs(event) || names.length === 0 || window.getSelection()?.isCollapsed === false)
      return;
    event.clipboardData?.setData('text/plain', copy(names));
    event.preventDefault();
    if (event.type === 'cut') remove(names);
  }

  function onPaste(event: ClipboardEvent) {
    if (!isOurs(event)) return;
    const text = event.clipboardData?.getData('text/plain');
    if (text) paste(text);
  }

  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCopy);
  document.addEventListener('paste', onPaste);
  onScopeDispose(() => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCopy);
    document.removeEventListener('paste', onPaste);
  });
}

const isInText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'));

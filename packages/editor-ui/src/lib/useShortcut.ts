import { onScopeDispose } from 'vue';

/**
 * Calls `action` when the keys are pressed, while the component lives.
 *
 * @param keys - As in `Ctrl+Shift+Z`, `?` or `Delete`. `Ctrl` is also ⌘. A key without Ctrl or Alt does
 *   nothing while a person types in a field, nor does one that another listener has used already.
 */
export function useShortcut(keys: string, action: (event: KeyboardEvent) => void) {
  const wanted = parseKeys(keys);

  function onKeydown(event: KeyboardEvent) {
    if (event.defaultPrevented || !matches(event, wanted)) return;
    if (!wanted.ctrl && !wanted.alt && isTyping(event)) return;
    event.preventDefault();
    action(event);
  }

  window.addEventListener('keydown', onKeydown);
  onScopeDispose(() => window.removeEventListener('keydown', onKeydown));
}

interface Keys {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

function parseKeys(keys: string): Keys {
  const parts = keys.split(/\+(?=.)/);
  const has = (name: string) => parts.slice(0, -1).includes(name);
  return {
    key: (parts.at(-1) ?? '').toLowerCase(),
    ctrl: has('Ctrl'),
    shift: has('Shift'),
    alt: has('Alt'),
  };
}

/** Shift counts for letters and named keys only: `?` and `+` need it on some keyboards, not on others. */
function matches(event: KeyboardEvent, { key, ctrl, shift, alt }: Keys): boolean {
  const isSign = key.length === 1 && !/[a-z]/.test(key);
  return (
    event.key.toLowerCase() === key &&
    (event.ctrlKey || event.metaKey) === ctrl &&
    event.altKey === alt &&
    (isSign || event.shiftKey === shift)
  );
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'))
  );
}

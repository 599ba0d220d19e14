import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** A short message that stands in a corner for a while. */
export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'success' | 'error';
  readonly title: string;
  readonly text?: string | undefined;
  /** One thing to do about it, such as undo. The toast goes once it is done. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** Called when the toast goes and its action was not taken. */
  readonly onExpire?: (() => void) | undefined;
  /** How long it stays; an error stays until closed. */
  readonly durationMs: number;
}

export type NewToast = Omit<Toast, 'id' | 'durationMs'> & { readonly durationMs?: number };

/** The messages in sight, oldest first. */
export const useToastStore = defineStore('toast', () => {
  const toasts = shallowRef<readonly Toast[]>([]);
  const lastId = shallowRef(0);

  /** Shows a message and returns its id. Of more than four the oldest goes. */
  function show(toast: NewToast): number {
    lastId.value += 1;
    const durationMs = toast.durationMs ?? (toast.kind === 'error' ? Infinity : 6000);
    toasts.value = [...toasts.value, { ...toast, id: lastId.value, durationMs }];
    for (const { id } of toasts.value.slice(0, -4)) dismiss(id);
    return lastId.value;
  }

  /** Takes a message away; its time is over. */
  function dismiss(id: number) {
    const gone = take(id);
    gone?.onExpire?.();
  }

  /** Does what the message offers and takes it away. */
  function act(id: number) {
    const gone = take(id);
    gone?.action?.run();
  }

  function take(id: number): Toast | undefined {
    const found = toasts.value.find((toast) => toast.id === id);
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
    return found;
  }

  return { toasts, show, dismiss, act };
});

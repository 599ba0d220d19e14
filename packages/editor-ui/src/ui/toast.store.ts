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
  /** How long it stays; an error stays until closed. */
  readonly durationMs: number;
}

/** The messages in sight, oldest first. */
export const useToastStore = defineStore('toast', () => {
  const toasts = shallowRef<readonly Toast[]>([]);
  const lastId = shallowRef(0);

  /** Shows a message and returns its id. */
  function show(
    toast: Omit<Toast, 'id' | 'durationMs'> & { readonly durationMs?: number },
  ): number {
    lastId.value += 1;
    const durationMs = toast.durationMs ?? (toast.kind === 'error' ? Infinity : 6000);
    toasts.value = [...toasts.value.slice(-3), { ...toast, id: lastId.value, durationMs }];
    return lastId.value;
  }

  /** Takes a message away. */
  function dismiss(id: number) {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  return { toasts, show, dismiss };
});

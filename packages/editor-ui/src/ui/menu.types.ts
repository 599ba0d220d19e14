import type { Component } from 'vue';

/** One line of a `Menu`. */
export interface MenuItem<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: Component;
  /** Shortcut shown at the end, such as `Ctrl+D`. */
  readonly keys?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Shows a tick: this choice is the one in force. */
  readonly checked?: boolean;
  /** Draws a line above. */
  readonly separated?: boolean;
}

import type { Component } from 'vue';

/** One choice of a `Select`. */
export interface SelectOption<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string;
  readonly icon?: Component;
  readonly disabled?: boolean;
}

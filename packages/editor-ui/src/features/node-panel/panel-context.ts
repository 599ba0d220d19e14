import type { NodeJson } from '@millrace/workflow/graph';
import { inject, type InjectionKey, type ShallowRef } from 'vue';
import type { CompletionSource } from '../expression-editor/index.ts';

/** A field that can take mapped data: the one the cursor was in last. */
export interface MappingTarget {
  readonly insert: (expression: string) => void;
}

/** What the fields of an open panel share. */
export interface PanelContext {
  readonly node: () => NodeJson;
  readonly isReadOnly: () => boolean;
  readonly source: () => CompletionSource;
  readonly set: (path: string, value: unknown) => void;
  readonly endStep: () => void;
  readonly target: ShallowRef<MappingTarget | undefined>;
}

export const panelContextKey: InjectionKey<PanelContext> = Symbol('node panel');

/** The panel a field stands in. @throws when there is none: a mistake of ours. */
export function usePanel(): PanelContext {
  const panel = inject(panelContextKey);
  if (!panel) throw new Error('A parameter field stands outside a node panel');
  return panel;
}

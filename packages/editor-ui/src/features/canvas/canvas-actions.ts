import type { InjectionKey } from 'vue';
import type { Wire } from '../workflow-editor/index.ts';

/** What cards and wires ask of the canvas around them. */
export interface CanvasActions {
  readonly isReadOnly: () => boolean;
  readonly addAfter: (node: string, output: number, type: string) => void;
  readonly insertOn: (wire: Wire) => void;
  readonly cut: (wire: Wire) => void;
  readonly runTo: (node: string) => void;
  readonly toggleDisabled: (node: string) => void;
  readonly remove: (node: string) => void;
  readonly open: (node: string) => void;
  readonly rename: (node: string) => void;
  readonly problemsOf: (node: string) => readonly string[];
}

export const canvasActionsKey: InjectionKey<CanvasActions> = Symbol('canvas actions');

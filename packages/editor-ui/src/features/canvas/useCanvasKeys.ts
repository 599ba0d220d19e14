import { useShortcut } from '../../lib/useShortcut.ts';
import { useDraftStore } from '../workflow-editor/index.ts';
import { neighbour, type Direction } from './neighbour.ts';

/** What the keys of the canvas do; the view brings the hands. */
export interface CanvasHands {
  /** False while a panel is open over the canvas: keys are not ours then. */
  readonly isActive: () => boolean;
  readonly selected: () => readonly string[];
  readonly select: (names: readonly string[]) => void;
  readonly show: (name: string) => void;
  readonly open: (name: string) => void;
  readonly create: () => void;
  readonly run: () => void;
  readonly rename: (name: string) => void;
  readonly remove: () => void;
  readonly duplicate: (names: readonly string[]) => void;
  readonly toggleDisabled: (names: readonly string[]) => void;
  readonly togglePin: (name: string) => void;
  readonly tidy: () => void;
  readonly addNote: () => void;
  readonly fit: () => void;
  readonly zoom: (step: 'in' | 'out' | 'one') => void;
  readonly cancel: () => void;
  readonly showKeys: () => void;
}

/** The keys of the canvas, as hands know them from n8n. */
export function useCanvasKeys(hands: CanvasHands) {
  const draft = useDraftStore();

  const on = (keys: string, action: () => void) =>
    useShortcut(keys, () => {
      if (hands.isActive()) action();
    });
  const withOne = (action: (name: string) => void) => () => {
    const [name] = hands.selected();
    if (name) action(name);
  };
  const step = (direction: Direction) => () => {
    const [name] = hands.selected();
    const next = neighbour(draft.workflow.nodes, draft.wires, name, direction);
    if (next) hands.select([next]);
  };

  on('n', hands.create);
  on('Tab', hands.create);
  on('Enter', withOne(hands.open));
  on('F2', withOne(hands.rename));
  on('d', () => hands.toggleDisabled(hands.selected()));
  on('p', withOne(hands.togglePin));
  on('Delete', hands.remove);
  on('Backspace', hands.remove);
  on('Ctrl+d', () => hands.duplicate(hands.selected()));
  on('Ctrl+a', () => hands.select([...draft.nodes.keys()]));
  on('Shift+s', hands.addNote);
  on('Shift+Alt+t', hands.tidy);
  on('ArrowRight', step('right'));
  on('ArrowLeft', step('left'));
  on('ArrowUp', step('up'));
  on('ArrowDown', step('down'));
  on('1', hands.fit);
  on('0', () => hands.zoom('one'));
  on('+', () => hands.zoom('in'));
  on('-', () => hands.zoom('out'));
  on('Escape', hands.cancel);
  on('?', hands.showKeys);
  useShortcut('Ctrl+Enter', hands.run);
  useShortcut('Ctrl+z', draft.undo);
  useShortcut('Ctrl+Shift+z', draft.redo);
  useShortcut('Ctrl+y', draft.redo);
}

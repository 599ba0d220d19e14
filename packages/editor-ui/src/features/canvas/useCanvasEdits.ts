import { isNote, NOTE_TYPE, type WorkflowCommand } from '@millrace/workflow/graph';
import type { NodeDescription } from '@millrace/workflow/node-api';
import type { JsonObject } from '@millrace/workflow/items';
import {
  portsOf,
  newNode,
  useDraftStore,
  useNodeTypesStore,
  type Wire,
} from '../workflow-editor/index.ts';
import { CARD_WIDTH, cardHeight } from './canvas-elements.ts';
import { addedNames, fromClip, toClip } from './clipboard.ts';
import { tidyUp } from './layout.ts';
import { freeSpot, makeRoom, placeAfter } from './placing.ts';

/** Where a node picked in the creator is to go. */
export type Place =
  | { readonly kind: 'free'; readonly at: readonly [number, number] }
  | {
      readonly kind: 'after';
      readonly node: string;
      readonly output: number;
      readonly type: string;
      readonly at?: readonly [number, number];
    }
  | { readonly kind: 'on'; readonly wire: Wire };

/** What the canvas does to the draft: every one is one step of undo. */
export function useCanvasEdits() {
  const draft = useDraftStore();
  const nodeTypes = useNodeTypesStore();

  /** Adds a node and wires it as its place says. Returns its name. */
  function add(description: NodeDescription, place: Place, parameters: JsonObject = {}): string {
    const { workflow } = draft;
    const node = newNode(workflow, description, spot(place), parameters);
    const ports = portsOf(node, description, { inputs: 0, outputs: 0 });
    const type = place.kind === 'after' ? place.type : 'main';
    const takes = ports.inputs.some((port) => port.type === type);
    const gives = ports.outputs.some((port) => port.type === 'main');
    const commands: WorkflowCommand[] = [];

    if (place.kind === 'on') {
      const { wire } = place;
      const into = takes
        ? [{ from: wire.from, output: wire.output, to: node.name, input: 0, type: 'main' }]
        : [];
      const out = gives
        ? [{ from: node.name, output: 0, to: wire.to, input: wire.input, type: 'main' }]
        : [];
      commands.push({ type: 'moveNodes', positions: makeRoom(workflow, draft.wires, wire) });
      commands.push({ type: 'addNode', node, wires: [...into, ...out] });
      if (takes && gives) commands.push({ type: 'disconnect', wire });
    } else {
      const wires =
        place.kind === 'after' && takes
          ? [{ from: place.node, output: place.output, to: node.name, input: 0, type }]
          : [];
      commands.push({ type: 'addNode', node, wires });
    }
    draft.edit({ type: 'batch', commands });
    return node.name;
  }

  function spot(place: Place): readonly [number, number] {
    if (place.kind === 'free') return freeSpot(draft.workflow, place.at);
    const at = place.kind === 'after' ? place.at : undefined;
    if (at) return freeSpot(draft.workflow, at);
    const node = draft.nodes.get(place.kind === 'after' ? place.node : place.wire.from);
    if (!node) return freeSpot(draft.workflow, [0, 0]);
    if (place.kind === 'on') return [node.position[0] + 320, node.position[1]];
    return placeAfter(draft.workflow, node);
  }

  function remove(names: readonly string[]) {
    if (names.length > 0) draft.edit({ type: 'removeNodes', names, heal: true });
  }

  /** Disables all of them, or enables all when all are disabled. */
  function toggleDisabled(names: readonly string[]) {
    const nodes = names.flatMap((name) => draft.nodes.get(name) ?? []);
    const disabled = nodes.some((node) => !node.disabled) ? true : undefined;
    const commands = nodes.map(
      ({ name }) => ({ type: 'setNodeSettings', node: name, settings: { disabled } }) as const,
    );
    draft.edit({ type: 'batch', commands });
  }

  const copy = (names: readonly string[]) => toClip(draft.workflow, names);

  /** Sets a clip down; returns the names of what was added, none when the text is no workflow. */
  function paste(text: string, at: readonly [number, number]): readonly string[] {
    const command = fromClip(text, at);
    if (!command) return [];
    const before = draft.workflow;
    draft.edit(command);
    return addedNames(before, draft.workflow);
  }

  function duplicate(names: readonly string[]): readonly string[] {
    const nodes = names.flatMap((name) => draft.nodes.get(name) ?? []);
    if (nodes.length === 0) return [];
    const corner = (axis: 0 | 1) => Math.min(...nodes.map(({ position }) => position[axis]));
    return paste(copy(names), [corner(0) + 40, corner(1) + 100]);
  }

  /** Lays out the chosen nodes, or all when fewer than two are chosen. Notes stay where they are. */
  function tidy(names: readonly string[]) {
    const chosen = new Set(names.length > 1 ? names : draft.nodes.keys());
    const nodes = draft.workflow.nodes.filter((node) => chosen.has(node.name) && !isNote(node));
    if (nodes.length < 2) return;
    const boxes = nodes.map((node) => ({
      id: node.name,
      width: CARD_WIDTH,
      height: cardHeight(portsOf(node, nodeTypes.find(node), { inputs: 1, outputs: 1 })),
    }));
    const origin = [
      Math.min(...nodes.map(({ position }) => position[0])),
      Math.min(...nodes.map(({ position }) => position[1])),
    ] as const;
    draft.edit({
      type: 'moveNodes',
      positions: Object.fromEntries(tidyUp(boxes, draft.wires, origin)),
    });
  }

  function addNote(at: readonly [number, number]) {
    const name = 'Sticky Note';
    const parameters = { content: '', width: 240, height: 160 };
    const node = {
      id: crypto.randomUUID(),
      name,
      type: NOTE_TYPE,
      typeVersion: 1,
      position: at,
      parameters,
    };
    draft.edit({ type: 'addNode', node });
  }

  return { add, remove, toggleDisabled, copy, paste, duplicate, tidy, addNote };
}

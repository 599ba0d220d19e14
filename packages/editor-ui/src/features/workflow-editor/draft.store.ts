import { applyCommand, type WorkflowCommand, type WorkflowJson } from '@millrace/workflow/graph';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { wiresOf } from './wires.ts';

/** How far what is on screen is from what the server holds. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'conflict' | 'failed';

/** What the server knows of a workflow beside the graph. */
export interface DraftFacts {
  readonly id: string;
  readonly revision: number;
  readonly active: boolean;
  readonly hasUnpublishedChanges: boolean;
}

interface Step {
  readonly inverse: WorkflowCommand;
  /** Edits in a row with the same key are one step: letters typed into one field. */
  readonly mergeKey: string | undefined;
}

const EMPTY: WorkflowJson = { name: '', nodes: [], connections: {} };

/** The workflow being edited and its history. Every change of graph or parameter goes through `edit`. */
export const useDraftStore = defineStore('draft', () => {
  const workflow = shallowRef<WorkflowJson>(EMPTY);
  const facts = shallowRef<DraftFacts>();
  const saveState = shallowRef<SaveState>('saved');
  const isReadOnly = shallowRef(false);
  const past = shallowRef<readonly Step[]>([]);
  const future = shallowRef<readonly WorkflowCommand[]>([]);

  const nodes = computed(() => new Map(workflow.value.nodes.map((node) => [node.name, node])));
  const wires = computed(() => wiresOf(workflow.value));
  const canUndo = computed(() => past.value.length > 0 && !isReadOnly.value);
  const canRedo = computed(() => future.value.length > 0 && !isReadOnly.value);

  /** Shows another workflow; its history begins here. */
  function open(next: WorkflowJson, about?: DraftFacts) {
    workflow.value = next;
    facts.value = about;
    isReadOnly.value = about === undefined;
    saveState.value = 'saved';
    past.value = [];
    future.value = [];
  }

  /** Does one command, as one step of undo; with the same `mergeKey` as the step before, as part of that. */
  function edit(command: WorkflowCommand, mergeKey?: string) {
    if (isReadOnly.value) return;
    const { workflow: after, inverse } = applyCommand(workflow.value, command);
    if (after === workflow.value) return;
    const isMore = mergeKey !== undefined && past.value.at(-1)?.mergeKey === mergeKey;
    if (!isMore) past.value = [...past.value.slice(-199), { inverse, mergeKey }];
    future.value = [];
    show(after);
  }

  /** The next edit begins a step of its own even if it has the same key: the field was left. */
  function endStep() {
    const last = past.value.at(-1);
    if (last?.mergeKey) past.value = [...past.value.slice(0, -1), { ...last, mergeKey: undefined }];
  }

  function undo() {
    const step = past.value.at(-1);
    if (!step || isReadOnly.value) return;
    const { workflow: before, inverse } = applyCommand(workflow.value, step.inverse);
    future.value = [...future.value, inverse];
    past.value = past.value.slice(0, -1);
    show(before);
  }

  function redo() {
    const next = future.value.at(-1);
    if (!next || isReadOnly.value) return;
    const { workflow: after, inverse } = applyCommand(workflow.value, next);
    past.value = [...past.value, { inverse, mergeKey: undefined }];
    future.value = future.value.slice(0, -1);
    show(after);
  }

  function show(next: WorkflowJson) {
    workflow.value = next;
    if (saveState.value !== 'conflict') saveState.value = 'unsaved';
  }

  return {
    workflow,
    facts,
    saveState,
    isReadOnly,
    nodes,
    wires,
    canUndo,
    canRedo,
    open,
    edit,
    endStep,
    undo,
    redo,
  };
});

import type { Slot, StepView, Task } from './state.types.ts';

interface Released {
  readonly task?: Task;
  readonly waiting: ReadonlyMap<string, readonly Slot[]>;
}

/**
 * Nothing is ready, but joins wait: lets the first one go that may run with what it has (n8n-facts A6.25).
 *
 * A join behind another waiting join waits for that one. A slot without any item is dropped.
 *
 * @param active - Nodes that run or are about to (order `parallel`): joins behind them have to wait.
 */
export function releaseJoin(
  view: StepView,
  parked: Waiting,
  active: ReadonlySet<string> = new Set(),
): Released {
  const waiting = new Map(parked);
  for (;;) {
    const found = firstReleasable(view, waiting, active);
    if (!found) return { waiting };
    const { node, slot, index } = found;
    const left = (waiting.get(node) ?? []).filter((_, at) => at !== index);
    if (left.length > 0) waiting.set(node, left);
    else waiting.delete(node);

    if (slot.inputs.some((batch) => batch && batch.length > 0)) {
      const inputs = slot.inputs.map((batch) => batch ?? []);
      return { task: { node, inputs, sources: slot.sources }, waiting };
    }
  }
}

type Waiting = ReadonlyMap<string, readonly Slot[]>;

function firstReleasable(view: StepView, waiting: Waiting, active: ReadonlySet<string>) {
  for (const [node, slots] of waiting) {
    const ancestors = view.graph.ancestors(node);
    const isBehind =
      [...waiting.keys()].some((other) => other !== node && ancestors.has(other)) ||
      [...active].some((other) => other === node || ancestors.has(other));
    if (isBehind) continue;
    const index = slots.findIndex((slot) => view.order === 'v0' || hasRequired(view, node, slot));
    const slot = slots[index];
    if (slot) return { node, slot, index };
  }
  return undefined;
}

function hasRequired(view: StepView, node: string, slot: Slot): boolean {
  const required = view.requiredInputs(node);
  if (required === undefined) return true;
  const received = slot.inputs.filter((batch) => batch !== null).length;
  if (typeof required === 'number') return received >= required;
  return required.every((input) => slot.inputs[input] != null);
}

import { NOTE_TYPE } from '@millrace/workflow/graph';
import type { JsonObject } from '@millrace/workflow/items';
import type { WorkflowTemplate } from '@millrace/workflow/node-api';

/** A node of a template, by the short form of its type: `set`, or `marketing.backlinks`. */
export interface Step {
  readonly name: string;
  readonly type: string;
  readonly version?: number;
  readonly parameters?: JsonObject;
  /** Types of the credentials it needs; people choose theirs. */
  readonly credentials?: readonly string[];
  /** Column and row on the canvas; one column further in the same row when left out. */
  readonly at?: readonly [column: number, row: number];
}

/** From a node, by its output (0), to others. A chain when a template names none. */
export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly output?: number;
}

export interface Drawing {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Shown as a note on the canvas: what to set, and what comes out. */
  readonly note: string;
  readonly steps: readonly Step[];
  readonly wires?: readonly Wire[];
}

const COLUMN = 240;
const ROW = 160;

/** A template as a workflow that stands on the canvas as it reads: left to right, the note above. */
export function drawTemplate(drawing: Drawing): WorkflowTemplate {
  const { id, name, description, tags, note, steps } = drawing;
  const wires = drawing.wires ?? chain(steps);
  return {
    id,
    name,
    description,
    tags,
    workflow: {
      name,
      nodes: [noteNode(note), ...steps.map(nodeOf)],
      connections: connect(wires),
      settings: { executionOrder: 'v1' },
    },
  };
}

function nodeOf(step: Step, index: number): JsonObject {
  const [column, row] = step.at ?? [index, 0];
  return {
    id: step.name,
    name: step.name,
    type: step.type.startsWith('marketing.')
      ? `millrace-nodes-${step.type}`
      : `n8n-nodes-base.${step.type}`,
    typeVersion: step.version ?? 1,
    position: [column * COLUMN, row * ROW],
    parameters: step.parameters ?? {},
    ...(step.credentials && {
      credentials: Object.fromEntries(
        step.credentials.map((type) => [type, { id: null, name: '' }]),
      ),
    }),
  };
}

const noteNode = (content: string): JsonObject => ({
  id: 'note',
  name: 'Note',
  type: NOTE_TYPE,
  typeVersion: 1,
  position: [0, -220],
  parameters: { content, width: 460, height: 170 },
});

const chain = (steps: readonly Step[]): Wire[] =>
  steps.slice(1).map(({ name }, index) => ({ from: steps[index]?.name ?? '', to: name }));

function connect(wires: readonly Wire[]): JsonObject {
  const groups = Map.groupBy(wires, ({ from }) => from);
  return Object.fromEntries(
    [...groups].map(([from, own]) => {
      const outputs = 1 + Math.max(...own.map(({ output = 0 }) => output));
      const main = Array.from({ length: outputs }, (_, index) =>
        own
          .filter(({ output = 0 }) => output === index)
          .map(({ to }) => ({ node: to, type: 'main', index: 0 })),
      );
      return [from, { main }];
    }),
  );
}

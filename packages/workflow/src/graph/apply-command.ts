import { setByPath } from '../parameters/set-by-path.ts';
import type { AppliedCommand, NodeSettingsChange, WorkflowCommand } from './commands.types.ts';
import { mapConnectionNodes, withoutWire, withWire, wiresOf, type Wire } from './connections.ts';
import { isPlainObject, isSafeKey, recordOf } from './plain-object.ts';
import { pasteClip, uniqueName } from './paste-clip.ts';
import { renameReferences } from './rename-references.ts';
import type { ConnectionsJson, NodeJson, WorkflowJson } from './workflow-json.ts';

/**
 * Applies one edit. Pure: the given workflow is not changed, and what did not change is shared.
 *
 * A command about a node or wire that is not there changes nothing: two people may edit at once.
 */
export function applyCommand(workflow: WorkflowJson, command: WorkflowCommand): AppliedCommand {
  return { workflow: apply(workflow, command), inverse: { type: 'restore', workflow } };
}

function apply(workflow: WorkflowJson, command: WorkflowCommand): WorkflowJson {
  switch (command.type) {
    case 'addNode':
      return addNode(workflow, command.node, command.wires ?? []);
    case 'removeNodes':
      return removeNodes(workflow, new Set(command.names), command.heal ?? false);
    case 'connect':
      return connect(workflow, command.wire);
    case 'disconnect':
      return { ...workflow, connections: withoutWire(workflow.connections, command.wire) };
    case 'moveNodes':
      return mapNodes(workflow, (node) => {
        const position = Object.hasOwn(command.positions, node.name)
          ? command.positions[node.name]
          : undefined;
        return position ? { ...node, position } : node;
      });
    case 'renameNode':
      return renameNode(workflow, command.from, command.to);
    case 'setParameter':
      return mapNode(workflow, command.node, (node) => {
        const parameters = setByPath(node.parameters, command.path, command.value);
        return isPlainObject(parameters) ? { ...node, parameters } : node;
      });
    case 'setNodeSettings':
      return mapNode(workflow, command.node, (node) => withSettings(node, command.settings));
    case 'pin':
      return pin(workflow, command.node, command.items);
    case 'paste':
      return pasteClip(workflow, command);
    case 'setSettings': {
      const { settings: _, ...rest } = workflow;
      return command.settings ? { ...rest, settings: command.settings } : rest;
    }
    case 'setName':
      return { ...workflow, name: command.name };
    case 'batch':
      return command.commands.reduce(apply, workflow);
    case 'restore':
      return command.workflow;
    default:
      return command satisfies never;
  }
}

function addNode(workflow: WorkflowJson, node: NodeJson, wires: readonly Wire[]): WorkflowJson {
  const name = uniqueName(node.name, new Set(workflow.nodes.map((each) => each.name)));
  const renamed = (end: string) => (end === node.name ? name : end);
  const added = {
    ...workflow,
    nodes: [...workflow.nodes, name === node.name ? node : { ...node, name }],
  };
  return wires.reduce<WorkflowJson>(
    (grown, wire) => connect(grown, { ...wire, from: renamed(wire.from), to: renamed(wire.to) }),
    added,
  );
}

function connect(workflow: WorkflowJson, wire: Wire): WorkflowJson {
  const isThere = (name: string) => workflow.nodes.some((node) => node.name === name);
  if (!isThere(wire.from) || !isThere(wire.to)) return workflow;
  return { ...workflow, connections: withWire(workflow.connections, wire) };
}

function removeNodes(
  workflow: WorkflowJson,
  names: ReadonlySet<string>,
  heal: boolean,
): WorkflowJson {
  const healed = heal ? healingWires(wiresOf(workflow), names) : [];
  const kept = mapConnectionNodes(workflow.connections, (name) =>
    names.has(name) ? undefined : name,
  );
  const left: WorkflowJson = {
    ...workflow,
    nodes: workflow.nodes.filter((node) => !names.has(node.name)),
    connections: healed.reduce<ConnectionsJson>(withWire, kept),
  };
  if (!workflow.pinData) return left;
  const pins = Object.entries(workflow.pinData).filter(([name]) => !names.has(name));
  return { ...left, pinData: recordOf(pins) };
}

/** What fed the removed nodes, joined to what they fed: along first outputs and first inputs only. */
function healingWires(wires: readonly Wire[], names: ReadonlySet<string>): Wire[] {
  const isMain = (wire: Wire) => (wire.type ?? 'main') === 'main';
  const onward = (name: string, seen: ReadonlySet<string>): Wire[] =>
    wires
      .filter((wire) => isMain(wire) && wire.from === name && wire.output === 0)
      .flatMap((wire) => {
        if (!names.has(wire.to)) return [wire];
        return seen.has(wire.to) ? [] : onward(wire.to, new Set([...seen, wire.to]));
      });
  return wires
    .filter(
      (wire) => isMain(wire) && !names.has(wire.from) && names.has(wire.to) && wire.input === 0,
    )
    .flatMap((into) =>
      onward(into.to, new Set([into.to])).map((out) => ({
        from: into.from,
        output: into.output,
        to: out.to,
        input: out.input,
      })),
    );
}

function renameNode(workflow: WorkflowJson, from: string, to: string): WorkflowJson {
  const isTaken = workflow.nodes.some((node) => node.name === to);
  const exists = workflow.nodes.some((node) => node.name === from);
  if (from === to || isTaken || !exists || to === '' || !isSafeKey(to)) return workflow;

  const rename = (name: string) => (name === from ? to : name);
  const names = new Map([[from, to]]);
  const renamed: WorkflowJson = {
    ...mapNodes(workflow, (node) => {
      const parameters = renameReferences(node.parameters, names);
      if (node.name !== from && parameters === node.parameters) return node;
      return { ...node, name: rename(node.name), parameters };
    }),
    connections: mapConnectionNodes(workflow.connections, rename),
  };
  if (!workflow.pinData) return renamed;
  const pins = Object.entries(workflow.pinData).map(
    ([name, items]) => [rename(name), items] as const,
  );
  return { ...renamed, pinData: recordOf(pins) };
}

function withSettings(node: NodeJson, settings: NodeSettingsChange): NodeJson {
  const { id, name, type, typeVersion, position, parameters, ...rest } = node;
  const others = Object.entries({ ...rest, ...settings }).filter(
    ([key, value]) => value !== undefined && key !== 'typeVersion',
  );
  return {
    id,
    name,
    type,
    typeVersion: settings.typeVersion ?? typeVersion,
    position,
    parameters,
    ...Object.fromEntries(others),
  };
}

function pin(
  workflow: WorkflowJson,
  name: string,
  items: Extract<WorkflowCommand, { type: 'pin' }>['items'],
): WorkflowJson {
  if (!isSafeKey(name)) return workflow;
  const others = Object.entries(workflow.pinData ?? {}).filter(([other]) => other !== name);
  const pinData = recordOf(items ? [...others, [name, items] as const] : others);
  return { ...workflow, pinData };
}

const mapNodes = (workflow: WorkflowJson, change: (node: NodeJson) => NodeJson): WorkflowJson => ({
  ...workflow,
  nodes: workflow.nodes.map(change),
});

const mapNode = (workflow: WorkflowJson, name: string, change: (node: NodeJson) => NodeJson) =>
  mapNodes(workflow, (node) => (node.name === name ? change(node) : node));

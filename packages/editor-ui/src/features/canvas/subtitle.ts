import { evaluate } from '@millrace/workflow/expression';
import type { NodeJson } from '@millrace/workflow/graph';
import type { NodeDescription, Property, PropertyChoice } from '@millrace/workflow/node-api';
import { parameterScope } from '../workflow-editor/index.ts';

/** The second line of a card: what this node is set to do, in a few words. */
export function subtitleOf(node: NodeJson, description: NodeDescription): string {
  if (description.subtitle?.startsWith('=')) {
    const text = evaluated(description.subtitle, node, description);
    if (text) return labelFor(text, description);
  } else if (description.subtitle) {
    return description.subtitle;
  }
  return chosenLabel(node, description) ?? description.displayName;
}

function evaluated(subtitle: string, node: NodeJson, description: NodeDescription) {
  try {
    const value = evaluate(subtitle, parameterScope(node, description), 0);
    return typeof value === 'string' ? value.trim() : undefined;
  } catch {
    // Only decoration: the plain name stands in.
    return undefined;
  }
}

/** A choice's label where the subtitle is its value: people read labels. */
function labelFor(text: string, { properties }: NodeDescription): string {
  const all = properties.filter(({ type }) => type === 'options').flatMap(choices);
  return all.find(({ value }) => value === text)?.name ?? text;
}

/** The label of the chosen operation or mode. */
function chosenLabel(node: NodeJson, description: NodeDescription): string | undefined {
  for (const name of ['operation', 'mode', 'httpMethod', 'method']) {
    const property = description.properties.find(
      (each) => each.name === name && each.type === 'options',
    );
    if (!property) continue;
    const value = node.parameters[name] ?? property.default;
    return choices(property).find((choice) => choice.value === value)?.name;
  }
  return undefined;
}

const choices = ({ options = [] }: Property): readonly PropertyChoice[] =>
  options.filter((option): option is PropertyChoice => 'value' in option);

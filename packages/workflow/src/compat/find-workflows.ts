import { isPlainObject } from '../graph/plain-object.ts';

/**
 * The workflows in a JSON file of any provenance: an export (one, or a list), `{workflows: […]}`, an API
 * page (`{data: […]}`), templates with their wrapper, clipboard fragments of nodes and connections.
 *
 * What is none of these comes back as it is: reading it will say what is wrong.
 */
export function findWorkflows(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json.flatMap(findWorkflows);
  if (!isPlainObject(json) || Array.isArray(json['nodes'])) return [json];
  for (const key of ['workflows', 'data'] as const) {
    const several = json[key];
    if (Array.isArray(several)) return several.flatMap(findWorkflows);
  }
  const { workflow } = json;
  return isPlainObject(workflow)
    ? findWorkflows(workflow).map((each) => named(each, json))
    : [json];
}

/** A template's name stands on its wrapper. */
function named(workflow: unknown, wrapper: Readonly<Record<string, unknown>>): unknown {
  const { name } = wrapper;
  return isPlainObject(workflow) && workflow['name'] === undefined && typeof name === 'string'
    ? { ...workflow, name }
    : workflow;
}

import { NodeError } from '@millrace/workflow/errors';
import type { Item, JsonObject } from '@millrace/workflow/items';
import { defineNode, type ExecuteContext } from '@millrace/workflow/node-api';
import { getField } from '../fields/field-path.ts';
import { icon } from '../icon.ts';
import { forEachItem, optionsOf } from '../items/for-each-item.ts';
import { xmlProperties } from './xml.properties.ts';

/** Makes XML of JSON, and JSON of XML. */
export const xmlNode = defineNode({
  name: 'n8n-nodes-base.xml',
  label: 'XML',
  description: 'Makes XML of JSON, and JSON of XML',
  version: 1,
  subtitle: '={{ $parameter["mode"] }}',
  icon: icon('m7 8-4 4 4 4', 'm17 8 4 4-4 4', 'M9.5 9.5l5 5', 'M14.5 9.5l-5 5'),
  pure: true,
  properties: xmlProperties,
  execute: (context) =>
    forEachItem(context, (item, index) =>
      context.param('mode', index) === 'jsonToxml'
        ? written(context, item, index)
        : parsed(context, item, index),
    ),
});

/** Loaded when the first text is read or written, not when the server starts. */
const xmlLibrary = () => import('xml2js');

async function written(context: ExecuteContext, item: Item, index: number): Promise<Item> {
  const { Builder } = await xmlLibrary();
  const builder = new Builder(optionsOf(context, index));
  return {
    json: { [String(context.param('dataPropertyName', index))]: builder.buildObject(item.json) },
  };
}

async function parsed(context: ExecuteContext, item: Item, index: number): Promise<Item> {
  const name = String(context.param('dataPropertyName', index));
  const source = getField(item.json, name);
  if (source === undefined || source === null) {
    throw new NodeError(
      `Item has no JSON property called "${name}"`,
      { node: context.node.name, itemIndex: index },
      { fix: 'Name the field that holds the XML' },
    );
  }
  const { Parser } = await xmlLibrary();
  const options = { mergeAttrs: true, explicitArray: false, ...optionsOf(context, index) };
  const json: JsonObject | string | null = await new Parser(options).parseStringPromise(
    String(source),
  );
  return { json: typeof json === 'object' && json !== null ? { ...json } : { [name]: json } };
}

import { Readable } from 'node:stream';
import { NodeError } from '@millrace/workflow/errors';
import type { BinaryData } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';

/** A file of the input item. @throws {NodeError} when it has none of this name. */
export function inputFile(
  { node, items }: ExecuteContext,
  field: string,
  index: number,
): BinaryData {
  const binary = items()[index]?.binary;
  const file = binary && Object.hasOwn(binary, field) ? binary[field] : undefined;
  if (file) return file;
  const about = { node: node.name, itemIndex: index };
  if (!binary || Object.keys(binary).length === 0) {
    throw new NodeError(
      `This operation expects the node's input data to contain a binary file '${field}', but none was found [item ${index}]`,
      { ...about, description: 'Make sure that the previous node outputs a binary file' },
    );
  }
  throw new NodeError(`The item has no binary field '${field}' [item ${index}]`, {
    ...about,
    description:
      'Check that the parameter where you specified the input binary field name is correct, and that it matches a field in the binary input',
  });
}

/** The bytes of a file piece by piece, wherever they are kept: for what has no need of the whole. */
export const piecesOf = async (
  { binary }: Pick<ExecuteContext, 'binary'>,
  file: BinaryData,
): Promise<AsyncIterable<Uint8Array>> =>
  file.id === undefined ? Readable.from([Buffer.from(file.data, 'base64')]) : binary.stream(file);

/** The bytes of a file, wherever they are kept. */
export const bytesOf = async (
  { binary }: Pick<ExecuteContext, 'binary'>,
  file: BinaryData,
): Promise<Uint8Array> =>
  file.id === undefined ? Buffer.from(file.data, 'base64') : binary.get(file);

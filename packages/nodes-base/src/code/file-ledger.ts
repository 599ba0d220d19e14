import { NodeError } from '@millrace/workflow/errors';
import type { BinaryData, Item } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { ReturnedItem } from './result-items.ts';

/**
 * The files one run may speak of. Code names a file by the handle it was given; a handle that the
 * host did not issue to this run is refused, so code cannot make another node read what it likes.
 */
export interface FileLedger {
  /** Notes every file found in data that is handed to the code. */
  issue(data: unknown): void;
  put(bytes: Uint8Array, about: { mimeType?: string; fileName?: string }): Promise<BinaryData>;
  /** @throws {NodeError} for a handle not issued to this run. */
  read(handle: unknown): Promise<Uint8Array>;
  /** The item with true file references; inline base64 is stored. */
  resolve(item: ReturnedItem, index: number): Promise<Item>;
}

export function createFileLedger({ node, binary, items }: ExecuteContext): FileLedger {
  const issued = new Map<string, BinaryData>();

  const issue = (data: unknown): void => {
    if (typeof data !== 'object' || data === null) return;
    if (isBinaryData(data)) {
      if (data.id !== undefined) issued.set(data.id, data);
      return;
    }
    for (const value of Object.values(data)) issue(value);
  };
  for (const item of items()) issue(item.binary);

  const refuse = (name: string, index: number) =>
    new NodeError(
      `The file "${name}" was not given to this code [item ${index}]`,
      { node: node.name, itemIndex: index },
      { fix: 'Return files of the input, or make one with this.helpers.prepareBinaryData' },
    );

  async function put(bytes: Uint8Array, about: { mimeType?: string; fileName?: string }) {
    const data = await binary.put(bytes, about);
    if (data.id !== undefined) issued.set(data.id, data);
    return data;
  }

  async function resolveFile(claim: Partial<BinaryData>, name: string, index: number) {
    const { id, data, mimeType, fileName } = claim;
    const about = {
      ...(typeof mimeType === 'string' && { mimeType }),
      ...(typeof fileName === 'string' && { fileName }),
    };
    if (id === undefined && typeof data === 'string')
      return put(Buffer.from(data, 'base64'), about);
    const known = typeof id === 'string' ? issued.get(id) : undefined;
    if (!known) throw refuse(name, index);
    return { ...known, ...about };
  }

  return {
    issue,
    put,
    async read(handle) {
      if (!isBinaryData(handle)) throw refuse('?', 0);
      if (handle.id === undefined) return Buffer.from(handle.data, 'base64');
      const known = issued.get(handle.id);
      if (!known) throw refuse(handle.fileName ?? handle.id, 0);
      return binary.get(known);
    },
    async resolve({ json, pairedItem, binary: files }, index) {
      const item = { json, ...(pairedItem !== undefined && { pairedItem }) };
      if (!files) return item;
      const entries = await Promise.all(
        Object.entries(files).map(
          async ([name, claim]) => [name, await resolveFile(claim, name, index)] as const,
        ),
      );
      return { ...item, binary: Object.fromEntries(entries) };
    },
  };
}

function isBinaryData(value: unknown): value is BinaryData {
  return (
    typeof value === 'object' &&
    value !== null &&
    'mimeType' in value &&
    typeof value.mimeType === 'string' &&
    'data' in value &&
    typeof value.data === 'string' &&
    (!('id' in value) || value.id === undefined || typeof value.id === 'string')
  );
}

import { NodeError } from '@millrace/workflow/errors';

/** What one archive may unpack to: a few kilobytes can hold terabytes of zeros. */
export const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;
export const MAX_UNPACKED_FILES = 10_000;

/** An archive that would unpack to more than we hold. */
export const unpacksTooFar = (node: string, itemIndex: number, fileName: string) =>
  new NodeError(
    `The archive "${fileName}" unpacks to more than ${MAX_UNPACKED_BYTES / 1024 / 1024} MB or ${MAX_UNPACKED_FILES} files [item ${itemIndex}]`,
    { node, itemIndex },
    { fix: 'Unpack it outside of the workflow, or split it' },
  );

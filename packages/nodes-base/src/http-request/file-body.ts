import type { BinaryData } from '@millrace/workflow/items';
import type { ExecuteContext } from '@millrace/workflow/node-api';
import type { StreamedBody } from '@millrace/workflow/ports';
import { piecesOf } from '../files/input-file.ts';

/** A file as a body, read while it is sent. */
export const fileBody = (context: ExecuteContext, file: BinaryData): StreamedBody => ({
  async *pieces() {
    yield* await piecesOf(context, file);
  },
  sizeBytes:
    file.id === undefined ? Buffer.from(file.data, 'base64').length : (file.bytes ?? undefined),
});

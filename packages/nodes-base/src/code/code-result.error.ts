import { MillraceError } from '@millrace/workflow/errors';

/** The code ran, but what it returned are not items. */
export class CodeResultError extends MillraceError<{ description: string; itemIndex?: number }> {
  readonly code = 'NODE_CODE_FAILED';

  constructor(message: string, description: string, itemIndex?: number) {
    super(message, {
      details: { description, ...(itemIndex !== undefined && { itemIndex }) },
      fix: 'Return items, such as [{ json: { name: "value" } }]',
    });
  }
}

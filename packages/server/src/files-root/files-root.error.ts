import { MillraceError } from '@millrace/workflow/errors';

/** A file node asked for something outside its folder, or that is no plain file there. */
export class FilesRootError extends MillraceError<{ path: string; reason: string }> {
  readonly code = 'NODE_FAILED';

  constructor(path: string, reason: string, cause?: unknown) {
    super(`The file "${path}" ${reason}`, {
      details: { path, reason },
      fix: 'Name a file within the folder that MILLRACE_FILES_ROOT opens, without links on the way',
      ...(cause !== undefined && { cause }),
    });
  }
}

import { MillraceError } from './millrace-error.ts';

/** A workflow names a node type, or a version of one, that no installed package brings. */
export class NodeTypeError extends MillraceError<{
  type: string;
  version: number | null;
  available: readonly number[];
}> {
  readonly code = 'NODE_TYPE_UNKNOWN';

  constructor(type: string, version: number | undefined, available: readonly number[]) {
    super(
      available.length
        ? `Node type "${type}" is not available in version ${version}. Available versions: ${available.join(', ')}`
        : `Node type "${type}" is not known`,
      {
        details: { type, version: version ?? null, available },
        fix: available.length
          ? 'Set typeVersion to an available version'
          : 'Install the package that brings this node',
      },
    );
  }
}

import type { ExtensionDoc } from './extensions/extension.ts';
import { TYPES } from './extensions/dispatch.ts';
import { VARIABLES } from './variables/variables.ts';

/** A data-transformation method, as the editor offers it. */
export interface ExtensionMethod extends ExtensionDoc {
  readonly type: string;
  readonly name: string;
}

/** Every data-transformation method that is offered, by type and name. */
export function listExtensionMethods(): ExtensionMethod[] {
  return TYPES.flatMap(({ type, docs }) =>
    [...docs].flatMap(([name, { description, args, returns, isHidden }]) =>
      isHidden
        ? []
        : [
            {
              type,
              name,
              description,
              ...(args !== undefined && { args }),
              ...(returns !== undefined && { returns }),
            },
          ],
    ),
  );
}

/** The names of the `$`-variables. */
export const listVariables = (): string[] =>
  [...VARIABLES.keys()].filter((name) => name.startsWith('$'));

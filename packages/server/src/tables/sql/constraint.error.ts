import type { TableDeclaration } from '@millrace/workflow/node-api';
import { ConflictError, InvalidError } from '../../platform/index.ts';

const UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']);
const REFERENCE = new Set(['SQLITE_CONSTRAINT_FOREIGNKEY', '23503']);

/** Says what a database's constraint meant. Other errors pass. */
export async function translateConstraint<T>(
  { name }: TableDeclaration,
  answer: Promise<T>,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const code = codeOf(error);
    if (UNIQUE.has(code)) throw new DuplicateError(name);
    if (REFERENCE.has(code)) throw new ReferenceError(name);
    throw error;
  }
}

class DuplicateError extends ConflictError {
  constructor(table: string) {
    super(
      `A row of table "${table}" with the same key is there already`,
      'Use upsertMany, or insertMany with { onConflict: "skip" }',
      { table },
    );
  }
}

class ReferenceError extends InvalidError {
  constructor(table: string) {
    super(
      `A row of table "${table}" names a row that is not there, or is still named by another`,
      'Insert the row that is named first; remove the rows that name it first',
    );
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

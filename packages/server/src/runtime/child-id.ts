import { createHash } from 'node:crypto';

/** Of a UUID version 7: the time it was made. */
const TIME_LENGTH = 13;

/**
 * The id of a called workflow's execution. The same call of the same attempt gives the same id, so that a
 * parent that is carried on after a crash finds the child it had. It sorts beside its parent.
 *
 * @param parentId - A UUID version 7.
 */
export function childIdOf(parentId: string, call: string): string {
  const hash = createHash('sha256').update(`${parentId} ${call}`).digest('hex');
  const time = parentId.slice(0, TIME_LENGTH);
  return `${time}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

import type { Property } from '@millrace/workflow/node-api';

/** A field the type answers itself, so nobody is asked for it. */
export const hidden = (name: string, value: string): Property => ({
  displayName: name,
  name,
  type: 'hidden',
  default: value,
});

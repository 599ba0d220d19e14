/** Type of a note on the canvas. */
export const NOTE_TYPE = 'n8n-nodes-base.stickyNote';

/** Notes are nodes of the JSON only: drawn, never run. */
export const isNote = ({ type }: { readonly type: string }): boolean => type === NOTE_TYPE;

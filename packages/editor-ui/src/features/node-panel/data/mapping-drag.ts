/** Marks what is dragged as an expression of ours, so that other text dropped on a field stays text. */
const KIND = 'application/x-millrace-expression';

/** Begins to drag a field of the input: its expression goes along. */
export function startMapping(event: DragEvent, expression: string) {
  event.dataTransfer?.setData(KIND, expression);
  event.dataTransfer?.setData('text/plain', expression);
}

/** Whether what is dragged over a field is an expression of ours. */
export const isMapping = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes(KIND) ?? false;

/** The expression that was dropped; empty when it is none of ours. */
export const mappedBy = (event: DragEvent): string => event.dataTransfer?.getData(KIND) ?? '';

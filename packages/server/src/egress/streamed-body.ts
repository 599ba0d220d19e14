import type { HttpRequest, StreamedBody } from '@millrace/workflow/ports';

/** Whether a body is sent piece by piece. */
export const isStreamed = (body: HttpRequest['body']): body is StreamedBody =>
  typeof body === 'object' && 'pieces' in body;

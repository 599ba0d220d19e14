import { endpoint } from '@millrace/api';
import { Type } from 'typebox';
import { JobStarted } from './shapes.ts';

/** Takes a file and brings it in behind; its header says what it is. */
export const importFile = endpoint({
  method: 'POST',
  url: '/marketing/import',
  access: 'marketing:run',
  body: Type.Object({ base64: Type.String() }),
  response: { 202: JobStarted },
});

/** What the job of an import tells, while it runs and at its end. */
export const ImportReport = Type.Object({
  source: Type.String(),
  rows: Type.Number(),
  written: Type.Number(),
  leftOut: Type.Number(),
  problems: Type.Array(Type.Object({ problem: Type.String() })),
});

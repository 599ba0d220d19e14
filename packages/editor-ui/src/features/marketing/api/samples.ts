import { endpoint } from '@millrace/api';
import { Type } from 'typebox';
import { JobStarted } from './shapes.ts';

/** Fills the project with the data of an invented shop, in the background. */
export const fillWithSamples = endpoint({
  method: 'POST',
  url: '/marketing/samples',
  access: 'marketing:run',
  body: Type.Object({ scale: Type.Optional(Type.Number()) }),
  response: { 202: JobStarted },
});

import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@millrace/workflow/errors';
import { defineRoute } from '@millrace/workflow/node-api';
import { ImportError } from '../keyword-import/import.error.ts';
import { csvOf, workbookOf } from '../store-import/export-table.ts';
import { storeParts } from '../store-import/import-parts.ts';
import { IMPORT_TARGETS } from '../store-import/import-shape.ts';
import { tables as declared } from '../tables/index.ts';
import { JOB_RESPONSE } from './programme-routes.ts';

/** Takes a file and brings it in behind. */
export const importData = defineRoute({
  method: 'POST',
  url: '/import',
  access: 'marketing:run',
  summary:
    'Imports a CSV or XLSX file in the background: exports of Semrush, Ahrefs, DataForSEO, Search Console, Analytics and the like, known by their header',
  body: {
    type: 'object',
    properties: {
      text: { type: 'string', description: 'The file, when it is text' },
      base64: { type: 'string', description: 'The file in base64: XLSX, UTF-16, or gzip' },
      target: { enum: IMPORT_TARGETS, description: 'Where it goes; else the header decides' },
      windowDays: {
        type: 'integer',
        minimum: 1,
        maximum: 500,
        description: 'Days a Search Console export without dates covers',
      },
    },
    additionalProperties: false,
  },
  response: JOB_RESPONSE,
  status: 202,
  handler: async ({ body, tables, jobs, now }) => {
    const file = body.base64 ?? Buffer.from(body.text ?? '').toString('base64');
    if (!file) throw new ImportError('There is neither "text" nor "base64"');
    const importId = randomUUID();
    await storeParts(tables, importId, file, now());
    const { id } = await jobs.start('marketing.import', {
      importId,
      ...(body.target !== undefined && { target: body.target }),
      ...(body.windowDays !== undefined && { windowDays: body.windowDays }),
    });
    return { jobId: id };
  },
});

const PREFIX = 'marketing_';
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Gives a table as a file. */
export const exportData = defineRoute({
  method: 'GET',
  url: '/export/:table',
  access: 'marketing:read',
  summary: 'A table as a CSV or XLSX file',
  params: { type: 'object', properties: { table: { type: 'string' } }, required: ['table'] },
  query: { type: 'object', properties: { format: { enum: ['csv', 'xlsx'] } } },
  handler: async ({ params, query, tables }) => {
    const table = declared.find(({ name }) => name === PREFIX + params.table);
    if (!table) throw new NotFoundError('table', params.table);
    return query.format === 'xlsx'
      ? file(`${params.table}.xlsx`, WORKBOOK, await workbookOf(tables, table))
      : file(`${params.table}.csv`, 'text/csv; charset=utf-8', streamOf(csvOf(tables, table)));
  },
});

const file = (name: string, type: string, body: ReadableStream | Uint8Array): Response =>
  new Response(typeof body === 'object' && 'getReader' in body ? body : Buffer.from(body), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
    },
  });

const streamOf = (texts: AsyncGenerator<string>): ReadableStream =>
  ReadableStream.from(texts).pipeThrough(new TextEncoderStream());

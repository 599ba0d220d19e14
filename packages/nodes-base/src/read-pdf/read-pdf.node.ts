import { defineNode, p } from '@millrace/workflow/node-api';
import { bytesOf, inputFile } from '../files/input-file.ts';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';

/** The predecessor of Extract from File for PDF, for workflows that still have it. */
export const readPdfNode = defineNode({
  name: 'n8n-nodes-base.readPDF',
  label: 'Read PDF',
  description: 'Reads the text of a PDF. Extract from File does the same',
  version: 1,
  icon: icon('M6 3h8l4 4v14H6z', 'M14 3v4h4', 'M9 13h6', 'M9 17h4'),
  params: {
    binaryPropertyName: p.string({ label: 'Input binary field', default: 'data', required: true }),
    encrypted: p.boolean({ label: 'Encrypted' }),
    password: p.string({ label: 'Password', password: true, when: { encrypted: [true] } }),
  },
  execute: (context) =>
    forEachItem(context, async (item, index) => {
      const name = String(context.param('binaryPropertyName', index));
      const password = String(context.param('password', index, { fallback: '' }) ?? '');
      const bytes = await bytesOf(context, inputFile(context, name, index));
      const { readPdf } = await import('../files/read-pdf.ts');
      const json = await readPdf(bytes, { isJoined: true, ...(password && { password }) });
      return { ...item, json, pairedItem: { item: index } };
    }),
});

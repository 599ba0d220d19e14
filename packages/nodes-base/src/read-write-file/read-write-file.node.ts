import { NodeError } from '@millrace/workflow/errors';
import type { BinaryData, Item } from '@millrace/workflow/items';
import { defineNode, p, type ExecuteContext } from '@millrace/workflow/node-api';
import type { FilesPort } from '@millrace/workflow/ports';
import { inputFile, piecesOf } from '../files/input-file.ts';
import { extensionOf, mimeTypeOf } from '../files/mime-type.ts';
import { icon } from '../icon.ts';
import { forEachItem } from '../items/for-each-item.ts';

const reads = { operation: ['read'] };
const writes = { operation: ['write'] };

/** Reads and writes files of the one folder the operator opened for this; without one it refuses to run. */
export const readWriteFileNode = defineNode({
  name: 'n8n-nodes-base.readWriteFile',
  label: 'Read/Write Files from Disk',
  description: 'Reads and writes files of the server, in the folder its operator opened for this',
  version: [1, 1.1],
  defaultVersion: 1.1,
  group: ['input'],
  icon: icon('M6 3h9l4 4v14H6z', 'M14 3v5h5', 'M9 14h7'),
  crashPolicy: 'ask',
  params: {
    info: p.notice({
      text: 'Works in the folder that MILLRACE_FILES_ROOT names, on the machine of the server',
    }),
    operation: p.options({
      label: 'Operation',
      default: 'read',
      fixed: true,
      choices: [
        { value: 'read', label: 'Read files' },
        { value: 'write', label: 'Write a file' },
      ],
    }),
    fileSelector: p.string({
      label: 'Files',
      required: true,
      placeholder: 'reports/*.csv',
      hint: 'A path, or a pattern with * and **',
      when: reads,
    }),
    fileName: p.string({
      label: 'Path and name',
      required: true,
      placeholder: 'reports/example.jpg',
      when: writes,
    }),
    dataPropertyName: p.string({
      label: 'Input file field',
      default: 'data',
      required: true,
      when: writes,
    }),
    options: p.collection({
      label: 'Options',
      fields: {
        fileExtension: p.string({ label: 'File extension', when: { '/operation': ['read'] } }),
        fileName: p.string({ label: 'File name', when: { '/operation': ['read'] } }),
        mimeType: p.string({ label: 'MIME type', when: { '/operation': ['read'] } }),
        dataPropertyName: p.string({
          label: 'Put output file in field',
          default: 'data',
          when: { '/operation': ['read'] },
        }),
        append: p.boolean({
          label: 'Add to the end',
          default: false,
          when: { '/operation': ['write'] },
        }),
      },
    }),
  },
  execute(context) {
    const files = filesOf(context);
    return forEachItem(context, (item, index) =>
      context.param('operation', index, { fallback: 'read' }) === 'write'
        ? write(context, files, item, index)
        : read(context, files, index),
    );
  },
});

function filesOf({ files, node }: ExecuteContext): FilesPort {
  if (files) return files;
  throw new NodeError(
    'Files of the server may not be used here',
    { node: node.name },
    { fix: 'Whoever runs the server can open one folder for this with MILLRACE_FILES_ROOT' },
  );
}

async function read(context: ExecuteContext, files: FilesPort, index: number): Promise<Item[]> {
  const option = (name: string) =>
    String(context.param(`options.${name}`, index, { fallback: '' }) ?? '').trim();
  // Windows' separators are n8n's too; in a pattern a backslash would escape.
  const selector = String(context.param('fileSelector', index)).trim().replaceAll('\\', '/');
  const paths = /[*?[{]/.test(selector) ? await files.find(selector) : [selector];
  const items: Item[] = [];
  for (const path of paths) {
    context.signal.throwIfAborted();
    const { bytes } = await files.open(path);
    const name = option('fileName') || nameOf(path);
    const mimeType = option('mimeType') || mimeTypeOf(name) || 'application/octet-stream';
    const stored = await context.binary.put(bytes, { fileName: name, mimeType });
    const fileExtension = option('fileExtension') || stored.fileExtension || extensionOf(name);
    const directory = path.slice(0, Math.max(0, path.length - nameOf(path).length - 1));
    const file: BinaryData = { ...stored, fileName: name, fileExtension, directory };
    const { data: _data, id: _id, bytes: _bytes, ...about } = file;
    items.push({ json: { ...about }, binary: { [option('dataPropertyName') || 'data']: file } });
  }
  return items;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

async function write(
  context: ExecuteContext,
  files: FilesPort,
  item: Item,
  index: number,
): Promise<Item> {
  const path = String(context.param('fileName', index));
  const field = String(context.param('dataPropertyName', index, { fallback: 'data' }));
  // Opened first: a file that is gone must not empty the one it would replace.
  const bytes = await piecesOf(context, inputFile(context, field, index));
  const appends = context.param('options.append', index, { fallback: false }) === true;
  await files.write(path, bytes, { appends });
  return { json: { ...item.json, fileName: path }, ...(item.binary && { binary: item.binary }) };
}
